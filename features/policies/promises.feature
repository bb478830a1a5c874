Feature: Thanks, answers and closed loops
  Who was given something is thanked, who wrote is answered, and who vouched hears how it went.

  Rule: Thanks come before the next ask
    @policy @id:thanked @severity:error @guard:thanked
    Scenario: Nothing is asked of a person who was not thanked for a chat, an introduction or a referral
      Given every relationship
      When an ask happens
      Then every earlier debt of thanks must already have had its thank-you or settled debt with the same occasion

    Scenario: thanking comes first
      Given these events
        | at         | relationship | event       | occasion |
        | 2026-01-05 | ana          | coffee chat | 1        |
        | 2026-01-20 | ana          | intro ask   |          |
        | 2026-01-05 | ben          | coffee chat | 2        |
        | 2026-01-06 | ben          | thank-you   | 2        |
        | 2026-01-20 | ben          | intro ask   |          |
      Then only "ana" breaks the policy

  Rule: Loops are closed before the next favour
    @policy @id:loop-closed @severity:error @guard:loop-closed
    Scenario: No favour is asked for while a referrer has waited more than 7 days to hear an outcome
      Given all relationships of one seeker together
      When a favour ask happens
      Then every earlier debt of an outcome older than 7 days must already have had its outcome report or settled debt with the same referral

    Scenario: a week is time enough to tell
      Given these events
        | at         | relationship | event          | referral |
        | 2026-01-05 | ana          | outcome        | 1        |
        | 2026-01-12 | ben          | intro ask      |          |
        | 2026-01-13 | cleo         | intro ask      |          |
        | 2026-01-14 | ana          | outcome report | 1        |
        | 2026-01-15 | dan          | intro ask      |          |
      Then only "cleo" breaks the policy

  Rule: Thanks are sent in time
    @policy @id:thanks-in-time @severity:warning
    Scenario: A chat, an introduction or a referral is thanked for within 72 hours
      Given all relationships of one occasion together
      When a debt of thanks happens
      Then a thank-you or settled debt must follow within 72 hours

    Scenario: three days are enough
      Given these events
        | at               | relationship | event       | occasion |
        | 2026-01-05 15:00 | ana          | coffee chat | 1        |
        | 2026-01-08 16:00 | ana          | thank-you   | 1        |
        | 2026-01-05 15:00 | ben          | coffee chat | 2        |
        | 2026-01-08 15:00 | ben          | thank-you   | 2        |
      Then only "ana" breaks the policy

  Rule: Messages are answered
    @policy @id:answered @severity:info
    Scenario: A message is answered within 2 days, unless it was recorded long after
      Given every relationship
      When a message from them happens
      And its recorded late is not yes
      Then a word to them or settled debt must follow within 2 days

    Scenario: silence breaks it
      Given these events
        | at         | relationship | event             |
        | 2026-01-05 | ana          | message from them |
        | 2026-01-05 | ben          | message from them |
        | 2026-01-06 | ben          | outbound touch    |
      Then only "ana" breaks the policy

  Rule: Referrers hear how it went
    @policy @id:outcome-told @severity:warning
    Scenario: The outcome of a referral is told to who gave it within 7 days
      Given all relationships of one referral together
      When a debt of an outcome happens
      Then an outcome report or settled debt must follow within 7 days

    Scenario: the loop stays open
      Given these events
        | at         | relationship | event          | referral |
        | 2026-01-05 | ana          | outcome        | 1        |
        | 2026-01-20 | ana          | outcome report | 1        |
        | 2026-01-05 | ben          | outcome        | 2        |
        | 2026-01-12 | ben          | outcome report | 2        |
      Then only "ana" breaks the policy

  Rule: Connectors hear what came of it
    @policy @id:introduction-told @severity:info
    Scenario: What came of an introduction is told to who made it within 21 days
      Given all relationships of one warm introduction together
      When a debt of news happens
      Then an introduction report or settled debt must follow within 21 days

    Scenario: three weeks are time enough to meet and to tell
      Given these events
        | at         | relationship | event               | warm introduction |
        | 2026-01-05 | ana          | introduction        | 1                 |
        | 2026-01-27 | ana          | introduction report | 1                 |
        | 2026-01-05 | ben          | introduction        | 2                 |
        | 2026-01-26 | ben          | introduction report | 2                 |
      Then only "ana" breaks the policy

  Rule: No ask waits for ever
    @policy @id:asks-end @severity:error
    Scenario: An ask is settled within 21 days, by an answer or by lapsing
      Given all relationships of one ask together
      When a new ask happens
      Then a settlement must follow within 21 days

    Scenario: on the twenty-first day it lapses
      Given these events
        | at         | relationship | event     | ask |
        | 2026-01-05 | ana          | intro ask | 1   |
        | 2026-01-27 | ana          | lapse     | 1   |
        | 2026-01-05 | ben          | intro ask | 2   |
        | 2026-01-26 | ben          | lapse     | 2   |
      Then only "ana" breaks the policy

  Rule: No ask lapses early
    @policy @id:lapse-in-time @severity:error
    Scenario: An ask lapses no sooner than 21 days after it was made
      Given all relationships of one ask together
      When a lapse happens
      Then no new ask may have happened within the 21 days before

    Scenario: on the twentieth day it still waits
      Given these events
        | at         | relationship | event     | ask |
        | 2026-01-05 | ana          | intro ask | 1   |
        | 2026-01-25 | ana          | lapse     | 1   |
        | 2026-01-05 | ben          | intro ask | 2   |
        | 2026-01-26 | ben          | lapse     | 2   |
      Then only "ana" breaks the policy

  Rule: An ask ends once
    @policy @id:lapse-once @severity:error
    Scenario: An ask lapses at most once
      Given all relationships of one ask together
      When a lapse happens
      Then it may happen at most 1 times

    Scenario: a second lapse breaks it
      Given these events
        | at         | relationship | event | ask |
        | 2026-01-05 | ana          | lapse | 1   |
        | 2026-01-06 | ana          | lapse | 1   |
        | 2026-01-05 | ben          | lapse | 2   |
        | 2026-01-06 | ben          | lapse | 3   |
      Then only "ana" breaks the policy

  Rule: A timer fires once
    @policy @id:reminded-once @severity:error
    Scenario: No two reminders are of the same timer
      Given every relationship
      When a reminder happens
      Then no two may share timer

    Scenario: a second firing breaks it
      Given these events
        | at         | relationship | event    | timer |
        | 2026-01-05 | ana          | reminder | 1     |
        | 2026-01-06 | ana          | reminder | 1     |
        | 2026-01-05 | ben          | reminder | 2     |
        | 2026-01-06 | ben          | reminder | 3     |
      Then only "ana" breaks the policy

  Rule: Silence comes before sleep
    @policy @id:dormant-after-silence @severity:error
    Scenario: A relationship is dormant after 180 days without a word
      Given every relationship
      When a dormancy happens
      Then no word to them or a word from them may have happened within the 180 days before

    Scenario: a word keeps it awake
      Given these events
        | at         | relationship | event    |
        | 2026-01-05 | ana          | reply    |
        | 2026-06-05 | ana          | dormancy |
        | 2026-01-05 | ben          | reply    |
        | 2026-07-05 | ben          | dormancy |
      Then only "ana" breaks the policy
