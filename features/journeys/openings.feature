Feature: One referrer for an opening
  A referral stakes somebody's reputation, so one person is asked for each opening: whoever has earned it and can vouch.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a former colleague
    And the seeker knows "Jordan Blake" of "Northwind Analytics, Lda" as a community

  Scenario: whom to ask is told with the way there
    When the seeker notes the opening "Risk analyst" at "Northwind Analytics" until 1 June 2026
    Then "Ana Silva" is the one to ask about "Risk analyst"
    And nobody may be asked about "Risk analyst" yet

  Scenario: from the opening to the outcome, with one person
    Given "Ana Silva" has come to stage intro
    When the seeker notes the opening "Risk analyst" at "Northwind Analytics" until 1 June 2026
    Then "Ana Silva" may be asked about "Risk analyst" now
    And the agenda asks the seeker to "Ask Ana Silva to refer you as Risk analyst, by 1 June 2026 at the latest."
    When the seeker asks "Ana Silva" for a referral
    Then the ask is accepted
    And nobody else is to be asked about "Risk analyst"
    When "Ana Silva" refers the seeker
    And the seeker thanks "Ana Silva" for the referral
    And the referral of "Ana Silva" leads to an "interview"
    Then "Ana Silva" is no champion yet
    When the seeker tells "Ana Silva" what came of it
    Then the opening "Risk analyst" tells of "interview"
    And "Ana Silva" is a champion

  Scenario: a deadline that comes too soon is said, and no cold ask is suggested
    When the seeker notes the opening "Risk analyst" at "Northwind Analytics" until 10 March 2026
    Then nobody is the one to ask about "Risk analyst", for nobody can be asked before it closes

  Scenario: attention has a limit
    Given the seeker's focus has room for 1 person
    When the seeker puts "Ana Silva" into the focus
    Then there is no room for "Jordan Blake" in the focus
