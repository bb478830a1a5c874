Feature: A coffee chat, from the questions to the last promise
  A good chat is prepared, kept to its time, thanked for, and what was promised in it is done.

  Background:
    Given today is 2 March 2026
    And the seeker knows "Ana Silva" of "Northwind Analytics" as a former colleague
    And the seeker and "Ana Silva" write to each other
    And the seeker gives "Ana Silva" an article

  Scenario: questions are drawn from the record
    Then a question about "Northwind Analytics" is suggested for "Ana Silva"
    When the seeker picks the suggestions 1, 5 and 9 for "Ana Silva"
    Then a chat of 20 minutes with "Ana Silva" may be asked for

  Scenario: an agreed chat goes into the seeker's own calendar
    When the seeker agrees on a chat with "Ana Silva" in 3 days
    Then the calendar has a chat with "Ana Silva" on 5 March 2026, changed 0 times
    When the chat with "Ana Silva" is moved by 2 days
    Then the calendar has a chat with "Ana Silva" on 7 March 2026, changed 1 times

  Scenario: what was promised is due until it is done
    When the seeker agrees on a chat with "Ana Silva" in 3 days
    And 4 days pass
    And the seeker holds the chat with "Ana Silva" and promises "send the notes" and "ask Rui about tools"
    Then the seeker owes "Ana Silva"
      | what                                               | by           |
      | Thank Ana Silva for the coffee chat.               | 7 March 2026 |
      | Keep your promise to Ana Silva: send the notes.    | 13 March 2026 |
      | Keep your promise to Ana Silva: ask Rui about tools. | 13 March 2026 |
    When the seeker thanks "Ana Silva" for the chat
    And the seeker has done "send the notes" for "Ana Silva"
    Then the seeker owes "Ana Silva"
      | what                                                 | by            |
      | Keep your promise to Ana Silva: ask Rui about tools. | 13 March 2026 |
