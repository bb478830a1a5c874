Feature: Taking back
  What was recorded in error is taken back by a new event; asks that were made stay.

  Scenario: a stage that rests on a mistake is corrected
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a former colleague
    When the seeker and "Ana Silva" write to each other
    And the seeker gives "Ana Silva" an article
    Then "Ana Silva" is at stage value given
    When the seeker takes the gift to "Ana Silva" back because "it was for somebody else"
    Then "Ana Silva" is at stage nurtured
    And the story of "Ana Silva" still tells of the gift
