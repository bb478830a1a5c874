Feature: Asks that are worth reading
  An ask is short, personal and specific: whoever gets it can say yes or no without asking back.

  Rule: A first message is short
    @policy @id:first-message-length @severity:warning @guard:genuine-first-message
    Scenario: A first message has at most 100 words
      Given every relationship
      When a first message happens
      Then its words must be at most 100

    Scenario: a hundred words are enough
      Given these events
        | at         | relationship | event         | words |
        | 2026-01-05 | ana          | first message | 101   |
        | 2026-01-05 | ben          | first message | 100   |
      Then only "ana" breaks the policy

  Rule: A first message is personal
    @policy @id:first-message-personal @severity:warning @guard:genuine-first-message
    Scenario: A first message says something particular to the person, who the seeker is, and why they write
      Given every relationship
      When a first message happens
      Then it must have detail, who I am and why

    Scenario: each of the three is needed
      Given these events
        | at         | relationship | event         | detail   | who I am   | why      |
        | 2026-01-05 | ana          | first message | her talk |            | it helps |
        | 2026-01-05 | ben          | first message | his talk | an analyst | it helps |
      Then only "ana" breaks the policy

  Rule: A first message says what it claims to say
    @policy @id:first-message-said @severity:warning @guard:genuine-first-message
    Scenario: What is particular, who the seeker is and why they write is found in the text
      Given every relationship
      When a first message happens
      And its unsaid is not nothing
      Then it must never happen

    Scenario: a field that the text leaves out breaks it
      Given these events
        | at         | relationship | event         | unsaid |
        | 2026-01-05 | ana          | first message | detail |
        | 2026-01-05 | ben          | first message |        |
      Then only "ana" breaks the policy

  Rule: A first message wants nothing yet
    @policy @id:first-message-request @severity:error @guard:genuine-first-message
    Scenario: A first message asks for no job and no referral
      Given every relationship
      When a first message happens
      And its job request is yes
      Then it must never happen

    Scenario: asking a stranger for a job breaks it
      Given these events
        | at         | relationship | event         | job request |
        | 2026-01-05 | ana          | first message | yes         |
        | 2026-01-05 | ben          | first message | no          |
      Then only "ana" breaks the policy

  Rule: A first message is no copy
    @policy @id:first-message-copy @severity:warning @guard:genuine-first-message
    Scenario: A first message is not much the same as one of the fifty before it
      Given every relationship
      When a first message happens
      And its copy is yes
      Then it must never happen

    Scenario: a script breaks it
      Given these events
        | at         | relationship | event         | copy |
        | 2026-01-05 | ana          | first message | yes  |
        | 2026-01-05 | ben          | first message | no   |
      Then only "ana" breaks the policy

  Rule: A chat is prepared
    @policy @id:questions-prepared @severity:warning @guard:questions-prepared
    Scenario: A chat is asked for with at least 3 questions at hand
      Given every relationship
      When a chat ask happens
      Then its questions must be at least 3

    Scenario: two are too few
      Given these events
        | at         | relationship | event    | questions |
        | 2026-01-05 | ana          | chat ask | 2         |
        | 2026-01-05 | ben          | chat ask | 3         |
      Then only "ana" breaks the policy

  Rule: A chat is about more than one thing
    @policy @id:topics-prepared @severity:warning @guard:questions-prepared
    Scenario: The questions for a chat are on at least 2 topics
      Given every relationship
      When a chat ask happens
      Then its topics must be at least 2

    Scenario: one topic is too few
      Given these events
        | at         | relationship | event    | topics |
        | 2026-01-05 | ana          | chat ask | 1      |
        | 2026-01-05 | ben          | chat ask | 2      |
      Then only "ana" breaks the policy

  Rule: A chat is short
    @policy @id:chat-not-long @severity:warning @guard:chat-length
    Scenario: A chat is asked for with at most 30 minutes
      Given every relationship
      When a chat ask happens
      Then its minutes must be at most 30

    Scenario: half an hour is what one asks of a busy person
      Given these events
        | at         | relationship | event    | minutes |
        | 2026-01-05 | ana          | chat ask | 45      |
        | 2026-01-05 | ben          | chat ask | 30      |
      Then only "ana" breaks the policy

  Rule: A chat is long enough
    @policy @id:chat-not-short @severity:warning @guard:chat-length
    Scenario: A chat is asked for with at least 15 minutes
      Given every relationship
      When a chat ask happens
      Then its minutes must be at least 15

    Scenario: ten minutes are no conversation
      Given these events
        | at         | relationship | event    | minutes |
        | 2026-01-05 | ana          | chat ask | 10      |
        | 2026-01-05 | ben          | chat ask | 15      |
      Then only "ana" breaks the policy

  Rule: An intro ask says to whom, and why
    @policy @id:intro-says-why @severity:warning @guard:specific-intro
    Scenario: An intro ask names a person or a company, and says why
      Given every relationship
      When an intro ask happens
      Then it must have destination and why

    Scenario: to anybody is to nobody
      Given these events
        | at         | relationship | event     | destination | why      |
        | 2026-01-05 | ana          | intro ask |             | it helps |
        | 2026-01-05 | ben          | intro ask | Northwind   | it helps |
      Then only "ana" breaks the policy

  Rule: An intro ask can be forwarded
    @policy @id:intro-note @severity:warning @guard:specific-intro
    Scenario: The note to forward has at least 50 words
      Given every relationship
      When an intro ask happens
      Then its note words must be at least 50

    Scenario: a line is not enough
      Given these events
        | at         | relationship | event     | note words |
        | 2026-01-05 | ana          | intro ask | 12         |
        | 2026-01-05 | ben          | intro ask | 50         |
      Then only "ana" breaks the policy

  Rule: An intro ask is read to its end
    @policy @id:intro-note-length @severity:warning @guard:specific-intro
    Scenario: The note to forward has at most 125 words
      Given every relationship
      When an intro ask happens
      Then its note words must be at most 125

    Scenario: a page is too much
      Given these events
        | at         | relationship | event     | note words |
        | 2026-01-05 | ana          | intro ask | 400        |
        | 2026-01-05 | ben          | intro ask | 125        |
      Then only "ana" breaks the policy

  Rule: An intro ask asks something
    @policy @id:intro-question @severity:warning @guard:specific-intro
    Scenario: The note to forward asks at least 1 question
      Given every relationship
      When an intro ask happens
      Then its note questions must be at least 1

    Scenario: without a question there is nothing to answer
      Given these events
        | at         | relationship | event     | note questions |
        | 2026-01-05 | ana          | intro ask | 0              |
        | 2026-01-05 | ben          | intro ask | 1              |
      Then only "ana" breaks the policy

  Rule: An intro ask asks little
    @policy @id:intro-questions @severity:warning @guard:specific-intro
    Scenario: The note to forward asks at most 3 questions
      Given every relationship
      When an intro ask happens
      Then its note questions must be at most 3

    Scenario: four are an interview
      Given these events
        | at         | relationship | event     | note questions |
        | 2026-01-05 | ana          | intro ask | 4              |
        | 2026-01-05 | ben          | intro ask | 3              |
      Then only "ana" breaks the policy

  Rule: A referral ask is specific
    @policy @id:specific-referral @severity:warning @guard:specific-referral
    Scenario: A referral ask names role and company, why the seeker fits, how to help, and the opening
      Given every relationship
      When a referral ask happens
      Then it must have role, company, fit, help and link

    Scenario: “anything at your company” breaks it
      Given these events
        | at         | relationship | event        | role    | company   | fit       | help   | link |
        | 2026-01-05 | ana          | referral ask |         | Northwind | five years | a word | none |
        | 2026-01-05 | ben          | referral ask | Analyst | Northwind | five years | a word | none |
      Then only "ana" breaks the policy

  Rule: Who refers can vouch
    @policy @id:can-vouch @severity:warning @guard:can-vouch
    Scenario: A referral ask says what they have seen of the seeker, and asks whether they are comfortable
      Given every relationship
      When a referral ask happens
      Then it must have seen and comfort question

    Scenario: reputation is not to be staked blindly
      Given these events
        | at         | relationship | event        | seen          | comfort question |
        | 2026-01-05 | ana          | referral ask |               | Are you?         |
        | 2026-01-05 | ben          | referral ask | the migration | Are you?         |
      Then only "ana" breaks the policy

  Rule: Who refers gets to read it
    @policy @id:vouching-said @severity:warning @guard:can-vouch
    Scenario: What they have seen, and whether they are comfortable, is found in the text
      Given every relationship
      When a referral ask happens
      And its unsaid is not nothing
      Then it must never happen

    Scenario: what only the fields say breaks it
      Given these events
        | at         | relationship | event        | unsaid |
        | 2026-01-05 | ana          | referral ask | seen   |
        | 2026-01-05 | ben          | referral ask |        |
      Then only "ana" breaks the policy
