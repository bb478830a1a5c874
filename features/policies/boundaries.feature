Feature: What nobody is asked
  Some asks are never made: of those who want no contact, for money, or without the yes of the people it is about.

  Rule: A no to contact is a no
    @policy @id:do-not-contact @severity:error @guard:do-not-contact
    Scenario: Nothing is asked of somebody who wants no contact
      Given every relationship
      When an ask happens
      Then no contact refusal may have happened before

    Scenario: not even a nudge
      Given these events
        | at         | relationship | event             |
        | 2026-01-05 | ana          | no contact wanted |
        | 2026-01-20 | ana          | nudge             |
        | 2026-01-20 | ben          | nudge             |
      Then only "ana" breaks the policy

  Rule: What is closed stays closed
    @policy @id:relationship-open @severity:error @guard:relationship-open
    Scenario: Nothing is asked while the relationship is closed
      Given every relationship
      When an ask happens
      Then every earlier closing must already have had its reopening with the same relationship

    Scenario: it is reopened first
      Given these events
        | at         | relationship | event     |
        | 2026-01-05 | ana          | closing   |
        | 2026-01-20 | ana          | chat ask  |
        | 2026-01-05 | ben          | closing   |
        | 2026-01-10 | ben          | reopening |
        | 2026-01-20 | ben          | chat ask  |
      Then only "ana" breaks the policy

  Rule: A favour is not for sale
    @policy @id:no-payment @severity:error @guard:no-payment
    Scenario: No favour is asked for in return for anything
      Given every relationship
      When a favour ask happens
      And its compensation is not nothing
      Then it must never happen

    Scenario: an offer breaks it
      Given these events
        | at         | relationship | event        | compensation |
        | 2026-01-05 | ana          | referral ask | half of it   |
        | 2026-01-05 | ben          | referral ask |              |
      Then only "ana" breaks the policy

  Rule: No ask speaks of money
    @policy @id:payment-language @severity:warning @guard:payment-language
    Scenario: No sentence of an ask seems to offer money or a reward
      Given every relationship
      When an ask happens
      And its payment offer is yes
      Then it must never happen

    Scenario: whatever the ask is for
      Given these events
        | at         | relationship | event         | payment offer |
        | 2026-01-05 | ana          | first message | yes           |
        | 2026-01-05 | ben          | first message | no            |
      Then only "ana" breaks the policy

  Rule: The connector agreed
    @policy @id:connector-agreed @severity:error @guard:both-sides-agree
    Scenario: No introduction is made without the connector's yes
      Given all relationships of one introduction together
      When an introduction made happens
      Then a connector consent must have happened before

    Scenario: the yes of the target alone is not enough
      Given these events
        | at         | relationship | event             | introduction |
        | 2026-01-05 | ana          | target consent    | 1            |
        | 2026-01-06 | ana          | introduction made | 1            |
        | 2026-01-05 | ben          | connector consent | 2            |
        | 2026-01-06 | ben          | introduction made | 2            |
      Then only "ana" breaks the policy

  Rule: The target agreed
    @policy @id:target-agreed @severity:error @guard:both-sides-agree
    Scenario: No introduction is made without the target's yes
      Given all relationships of one introduction together
      When an introduction made happens
      Then a target consent must have happened before

    Scenario: the yes of the connector alone is not enough
      Given these events
        | at         | relationship | event             | introduction |
        | 2026-01-05 | ana          | connector consent | 1            |
        | 2026-01-06 | ana          | introduction made | 1            |
        | 2026-01-05 | ben          | target consent    | 2            |
        | 2026-01-06 | ben          | introduction made | 2            |
      Then only "ana" breaks the policy

  Rule: Going past a guard stays visible
    @policy @id:overrides @severity:info
    Scenario: No guard is overridden
      Given every relationship
      When an override happens
      Then it must never happen

    Scenario: every override is listed
      Given these events
        | at         | relationship | event    |
        | 2026-01-05 | ana          | override |
        | 2026-01-05 | ben          | gift     |
      Then only "ana" breaks the policy
