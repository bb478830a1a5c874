Feature: From an outline to a message
  A message that is worth answering is about the one who reads it. Kith lays out what is on record, and says of a draft
  what could be better; it writes nothing itself, and sends nothing.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a online

  Scenario: where nothing is on record, it says what to find out
    When the seeker begins a first message to "Ana Silva"
    Then the outline has "Northwind Analytics" under "What is particular to Ana Silva"
    And the outline says to find out "Your profile says nothing of you yet" under "Who you are"
    And the outline names the guard "profile-ready" as open

  Scenario: what is on record comes back when it is needed
    When the seeker notes "her talk on stress tests in Porto" of "Ana Silva"
    And the seeker begins a first message to "Ana Silva"
    Then the outline has "her talk on stress tests in Porto" under "What is particular to Ana Silva"

  Scenario: a script is recognised, each phrase with its sentence
    When the seeker drafts a first message to "Ana Silva"
      """
      Hi there,

      I hope this message finds you well. I came across your profile. Could you refer me?
      """
    Then lint remarks
      | rule           | line | sentence                             |
      | personal       | 1    | Hi there,                            |
      | generic-phrase | 3    | I hope this message finds you well.  |
      | generic-phrase | 3    | I came across your profile.          |
      | job-request    | 3    | Could you refer me?                  |
      | specific       |      |                                      |

  Scenario: a message to one person is left alone, and sent once
    When the seeker notes "her talk on stress tests in Porto" of "Ana Silva"
    And the seeker drafts a first message to "Ana Silva"
      """
      Hi Ana,

      your talk on stress tests in Porto changed how I read our reports. How did you choose the scenarios?
      """
    Then lint remarks nothing
    When the seeker sends that first message to "Ana Silva" all the same
    And the seeker knows "Ben Cho" of "Northwind Analytics" as a online
    And the seeker drafts a first message to "Ben Cho"
      """
      Hi Ben,

      your talk on stress tests in Porto changed how I read our reports. How did you choose the scenarios?
      """
    Then lint remarks
      | rule       | line | sentence |
      | specific   |      |          |
      | similarity |      |          |
