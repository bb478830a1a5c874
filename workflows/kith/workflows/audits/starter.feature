# A policy of your own. It is plain text, and three commands go with it:
#
#   kith policy check FILE   says whether Kith understands it, and tries its examples
#   kith audit FILE          judges your log by it, and writes nothing
#   kith policy steps        lists every sentence, event and attribute that you can use
#
# Lines like this one are for you alone. Change the rest as you like.

Feature: What I want to keep to

  # A Rule says why, and holds one policy with its examples. A file may have many.
  Rule: Whoever recommends me hears from me

    # @policy: this scenario is judged. @id: its name in reports and waivers, used once.
    # @severity: error, warning or info; it is error where the tag is left out.
    @policy @id:thanks-for-a-referral @severity:warning
    Scenario: I thank for a referral within three days
      # Whose events are judged together,
      Given every relationship
      # what the policy is about,
      When a referral happens
      # and what must be so.
      Then a thank-you must follow within 3 days

    # Examples show that the policy says what you mean: one that keeps it, one that breaks it.
    Scenario: thanking in time, and too late
      Given these events
        | at         | relationship | event     |
        | 2026-03-02 | ana          | referral  |
        | 2026-03-03 | ana          | thank-you |
        | 2026-03-02 | ben          | referral  |
        | 2026-03-12 | ben          | thank-you |
      Then only "ben" breaks the policy
