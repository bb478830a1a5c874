Feature: Trust before asks
  Whoever is asked for a chat, an introduction or a referral has heard from the seeker before, and has been given something.

  Rule: Nobody is asked out of the blue
    @policy @id:no-cold-ask @severity:error @guard:no-cold-ask
    Scenario: No chat, introduction or referral is asked of somebody who never answered
      Given every relationship
      When an earned ask happens
      Then a word from them must have happened before

    Scenario: writing alone is not enough
      Given these events
        | at         | relationship | event          |
        | 2026-01-05 | ana          | outbound touch |
        | 2026-01-20 | ana          | chat ask       |
        | 2026-01-05 | ben          | outbound touch |
        | 2026-01-07 | ben          | reply          |
        | 2026-01-20 | ben          | chat ask       |
      Then only "ana" breaks the policy

  Rule: The conversation is alive
    @policy @id:conversation-alive @severity:warning @guard:conversation-alive
    Scenario: Their last word is no more than 60 days ago
      Given every relationship
      When an earned ask happens
      Then a word from them must have happened within the 60 days before

    Scenario: an old conversation is taken up before anything is asked
      Given these events
        | at         | relationship | event        |
        | 2026-01-05 | ana          | reply        |
        | 2026-03-07 | ana          | referral ask |
        | 2026-01-05 | ben          | reply        |
        | 2026-03-06 | ben          | referral ask |
      Then only "ana" breaks the policy

  Rule: Give before you ask
    @policy @id:value-first @severity:error @guard:value-first
    Scenario: No favour is asked for before something was given
      Given every relationship
      When a favour ask happens
      Then a gift must have happened before

    Scenario: asking straight away breaks it
      Given these events
        | at         | relationship | event        |
        | 2026-01-05 | ana          | referral ask |
        | 2026-01-06 | ben          | gift         |
        | 2026-01-07 | ben          | referral ask |
      Then only "ana" breaks the policy

  Rule: Give before you ask for a chat
    @policy @id:value-before-chat @severity:error @guard:value-first
    Scenario: No chat is asked for before something was given, but of those who agreed to be introduced
      Given every relationship
      When a chat ask happens
      Then a gift or an agreement to be introduced must have happened before

    Scenario: who agreed to meet the seeker may be asked at once
      Given these events
        | at         | relationship | event                      |
        | 2026-01-05 | ana          | reply                      |
        | 2026-01-06 | ana          | chat ask                   |
        | 2026-01-05 | ben          | agreement to be introduced |
        | 2026-01-06 | ben          | chat ask                   |
      Then only "ana" breaks the policy

  Rule: Never take more than was given
    @policy @id:goodwill @severity:error @guard:goodwill
    Scenario: No more favours are asked of a person than gifts were given
      Given every relationship
      When a favour ask happens
      Then it may happen at most 1 times as often as a gift, leaving out those with an ask that came to nothing of the same ask

    Scenario: a second favour takes a second gift
      Given these events
        | at         | relationship | event        | ask |
        | 2026-01-05 | ana          | gift         |     |
        | 2026-01-06 | ana          | intro ask    | 1   |
        | 2026-03-06 | ana          | referral ask | 2   |
        | 2026-01-05 | ben          | gift         |     |
        | 2026-01-06 | ben          | intro ask    | 3   |
        | 2026-01-20 | ben          | decline      | 3   |
        | 2026-03-06 | ben          | referral ask | 4   |
      Then only "ana" breaks the policy

  Rule: One step after the other, to a chat
    @policy @id:stage-before-chat @severity:error @guard:stage-reached
    Scenario: A chat is asked for once something of value was given, or of somebody who agreed to be introduced
      Given every relationship
      When a chat ask happens
      Then an arrival at value given or an agreement to be introduced must have happened before

    Scenario: nurturing alone is not enough
      Given these events
        | at         | relationship | event                  |
        | 2026-01-05 | ana          | arrival at nurtured    |
        | 2026-01-20 | ana          | chat ask               |
        | 2026-01-05 | ben          | arrival at value given |
        | 2026-01-20 | ben          | chat ask               |
      Then only "ana" breaks the policy

  Rule: One step after the other, to an introduction
    @policy @id:stage-before-intro @severity:error @guard:stage-reached
    Scenario: An introduction is asked for once a coffee chat was held
      Given every relationship
      When an intro ask happens
      Then an arrival at coffee chat must have happened before

    Scenario: a gift alone is not enough
      Given these events
        | at         | relationship | event                  |
        | 2026-01-05 | ana          | arrival at value given |
        | 2026-01-20 | ana          | intro ask              |
        | 2026-01-05 | ben          | arrival at coffee chat |
        | 2026-01-20 | ben          | intro ask              |
      Then only "ana" breaks the policy

  Rule: One step after the other, to a referral
    @policy @id:stage-before-referral @severity:error @guard:stage-reached
    Scenario: A referral is asked for once the stage intro was reached
      Given every relationship
      When a referral ask happens
      And its overridden guard is not intro-before-referral
      Then an arrival at intro must have happened before

    Scenario: a chat alone is not enough
      Given these events
        | at         | relationship | event                  |
        | 2026-01-05 | ana          | arrival at coffee chat |
        | 2026-01-20 | ana          | referral ask           |
        | 2026-01-05 | ben          | arrival at intro       |
        | 2026-01-20 | ben          | referral ask           |
      Then only "ana" breaks the policy

  Rule: The introduction comes before the referral
    @policy @id:intro-before-referral @severity:error @guard:intro-before-referral
    Scenario: A referral is asked for after a warm introduction, or after one was asked for
      Given every relationship
      When a referral ask happens
      Then a warm introduction must have happened before

    Scenario: an introduction that did not work out was asked for all the same
      Given these events
        | at         | relationship | event                            |
        | 2026-01-05 | ana          | coffee chat                      |
        | 2026-01-20 | ana          | referral ask                     |
        | 2026-01-05 | ben          | introduction that did not work out |
        | 2026-01-20 | ben          | referral ask                     |
      Then only "ana" breaks the policy
