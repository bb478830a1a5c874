Feature: Asking etiquette
  Trust comes before a favour, and thanks come after one.

  Rule: Give before you ask
    @policy @id:value-first @severity:error @guard:value-first
    Scenario: No favour is asked for before something was given
      Given every relationship
      When a favour ask happens
      And its overridden guard is not value-first
      Then a gift must have happened before

    Scenario: asking straight away breaks it
      Given these events
        | at         | relationship | event        |
        | 2026-01-05 | ana          | referral ask |
        | 2026-01-06 | ben          | gift         |
        | 2026-01-07 | ben          | referral ask |
      Then only "ana" breaks the policy
