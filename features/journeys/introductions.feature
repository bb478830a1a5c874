Feature: An introduction that both want
  The connector is asked first, then the person to be met; nobody is introduced who did not say yes, and a no is as quiet
  as no answer. A coach or the connector records the answers, for in a store that is shared the asker is not to know them.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a former colleague
    And "Ana Silva" has come to stage coffee chat
    And a coach looks after the store
    And "Ana Silva" is asked for an introduction to "Ben Cho"

  Scenario: both say yes, it is made, thanked, and told of
    When the connector says yes
    And the target says yes
    Then the introduction may be made
    When "Ana Silva" makes the introduction to "Ben Cho"
    Then "Ana Silva" is at stage intro
    And to the asker the introduction is "made"
    And the agenda asks the seeker to "Thank Ana Silva for the introduction."
    When the seeker thanks "Ana Silva" for the introduction
    Then "Ben Cho" may be asked for a chat
    When 14 days pass
    Then the agenda asks the seeker to "Tell Ana Silva what came of the introduction to Ben Cho, even if it is little yet."
    When the seeker tells "Ana Silva" what came of the introduction
    Then the agenda asks nothing more about "Ana Silva"
    And to the asker the introduction is "made"

  Scenario Outline: a no is as quiet as no answer
    When <answer>
    Then it is not made, whoever tries
    And to the asker nothing differs from silence
    When 22 days pass
    And what is due is done
    Then to the asker nothing differs from silence
    And to the asker the introduction is "did not work out"
    And to the coach the introduction is "did not work out"

    Examples:
      | answer                                              |
      | the connector says no                               |
      | the connector says yes, and then the target says no |
      | nobody says anything                                |

  Scenario: half a yes is not enough
    When the connector says yes
    Then it is not made, whoever tries
    And only the consent of both stands in the way

  Scenario: the seeker introduces two others, which is a gift when both said yes
    Given the seeker knows "Jordan Blake" of "Southwind" as a community
    Then "Ana Silva" can't be given "Jordan Blake" as a connection before both said yes
    When the seeker gives "Ana Silva" "Jordan Blake" as a connection that both agreed to
    Then the story of "Ana Silva" tells of 2 gifts
