Feature: Ties that fell silent
  Somebody who was close once is still worth a gift, and never an ask out of the blue.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a former colleague
    And the seeker notes "restores clinker boats" of "Ana Silva"
    And the seeker and "Ana Silva" write to each other
    And the seeker knows "Ben Cho" of "Northwind Analytics" as a online

  Scenario: only strong ties are revived, and only after years
    When 1094 days pass
    Then nobody is worth reviving
    When 1 days pass
    Then "Ana Silva" is worth reviving, because
      | why                                          |
      | knows your work: former colleague            |
      | you reached nurtured                         |
      | silent for 3 years                           |
    And one begins with "Ana Silva" by "restores clinker boats"

  Scenario: a gift wakes the tie, and the ask is still not earned
    When 1095 days pass
    And the seeker gives "Ana Silva" an article
    Then nobody is worth reviving
    When the seeker asks "Ana Silva" for a referral
    Then the ask is refused
