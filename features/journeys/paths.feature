Feature: Ways to a company
  Whoever wants to work somewhere looks for a way there through people they know, and asks whom they may ask.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Globex" as a former colleague
    And the seeker knows "Jordan Blake" of "Northwind Analytics" from an event

  Scenario: without a tie there is only the cold way
    When the seeker looks for ways to "northwind analytics gmbh"
    Then the ways are
      | way          | now |
      | Jordan Blake | no  |

  Scenario: from a tie that was noted to an introduction that is made
    Given "Ana Silva" and "Jordan Blake" know each other from "the same choir"
    When the seeker looks for ways to "Northwind Analytics"
    Then the ways are
      | way                      | now |
      | Jordan Blake             | no  |
      | Ana Silva → Jordan Blake | no  |
    And the second way lacks "no-cold-ask" and its plan begins with "Write to Ana Silva: news, a thought, a question; no ask."
    When the seeker and "Ana Silva" write to each other
    And the seeker gives "Ana Silva" an article
    And the seeker and "Ana Silva" have a prepared coffee chat
    And the seeker thanks "Ana Silva" for the chat
    And the seeker looks for ways to "Northwind Analytics"
    Then the ways are
      | way                      | now |
      | Ana Silva → Jordan Blake | yes |
      | Jordan Blake             | no  |
    And the first way's tie is told as "you noted that they know each other (the same choir)"
    When "Ana Silva" is asked for an introduction and introduces the seeker to "Jordan Blake"
    Then "Ana Silva" is at stage intro

  Scenario: a tie that was noted in error is taken back
    Given "Ana Silva" and "Jordan Blake" know each other from "the same choir"
    When the seeker takes the tie of "Ana Silva" back because "it was another Ana"
    And the seeker looks for ways to "Northwind Analytics"
    Then the ways are
      | way          | now |
      | Jordan Blake | no  |

  Scenario: a group thread of an import ties the people in it
    When a thread of "Ana Silva", "Jordan Blake" and the seeker is imported
    And the seeker looks for ways to "Jordan Blake"
    Then the ways are
      | way                      | now |
      | Jordan Blake             | no  |
      | Ana Silva → Jordan Blake | no  |
    When the import is undone because "the wrong file"
    And the seeker looks for ways to "Jordan Blake"
    Then the ways are
      | way          | now |
      | Jordan Blake | no  |

  Scenario: no way leads through somebody who wants no contact
    Given "Ana Silva" and "Jordan Blake" know each other from "the same choir"
    When "Ana Silva" wants no contact
    And the seeker looks for ways to "Northwind Analytics"
    Then the ways are
      | way          | now |
      | Jordan Blake | no  |
