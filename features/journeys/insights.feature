Feature: What the log teaches
  The seeker's own numbers are the better source: with their intervals, and without a word where there is too little.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a former colleague

  Scenario: little is told as little
    Given "Ana Silva" has come to stage intro
    When the seeker asks "Ana Silva" for a referral
    Then 1 of 1 introductions worked, and that is too little for a rate
    And 0 of 0 referrals worked, with 1 open

  Scenario Outline: nothing tells how an introduction came to nothing
    Given "Ana Silva" has come to stage coffee chat
    When "Ana Silva" is asked for an introduction
    And it comes to nothing by <end>
    Then 0 of 1 introductions worked, and that is too little for a rate
    And Ana Silva's account tells of 1 gift and 0 favours

    Examples:
      | end                     |
      | a no of the connector   |
      | a no of the other side  |
      | a lapse                 |
