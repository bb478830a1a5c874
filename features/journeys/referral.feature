Feature: From met to referral
  A referral stakes somebody's reputation, so it is asked for at the end of a way and not at its beginning.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a former colleague

  Scenario: a cold ask is refused, with the way to an earned one
    When the seeker asks "Ana Silva" for a referral
    Then the ask is refused
    And what stands in the way is
      | guard                 |
      | no-cold-ask           |
      | stage-reached         |
      | intro-before-referral |
      | conversation-alive    |
      | value-first           |
      | goodwill              |
    And the plan begins with "Write to Ana Silva: news, a thought, a question; no ask."
    And the ask can be earned by 1 April 2026

  Scenario: trust is built first, and the ask is accepted
    When the seeker and "Ana Silva" write to each other
    Then "Ana Silva" is at stage nurtured
    When the seeker gives "Ana Silva" an article
    Then "Ana Silva" is at stage value given
    When the seeker and "Ana Silva" have a prepared coffee chat
    And the seeker thanks "Ana Silva" for the chat
    Then "Ana Silva" is at stage coffee chat
    When "Ana Silva" is asked for an introduction and introduces the seeker to "Ben Cho"
    And the seeker thanks "Ana Silva" for the introduction
    Then "Ana Silva" is at stage intro
    When the seeker gives "Ana Silva" an article
    And 31 days pass
    Then the agenda asks the seeker to "Tell Ana Silva what came of the introduction to Ben Cho, even if it is little yet."
    When the seeker tells "Ana Silva" what came of the introduction
    And the seeker asks "Ana Silva" for a referral
    Then the ask is accepted
    When "Ana Silva" refers the seeker
    Then "Ana Silva" is at stage referral
    And the agenda asks the seeker to "Thank Ana Silva for the referral."

  Scenario: a favour that nobody asked for is a gift, not a step
    When "Ana Silva" introduces the seeker to "Ben Cho" unasked
    Then "Ana Silva" is shown at stage intro with nurtured, value given and coffee chat skipped
    When the seeker asks "Ana Silva" for a referral
    Then the ask is refused
