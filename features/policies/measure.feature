Feature: Few asks, and good ones
  Nobody is asked twice at once, too often, or for what somebody else was asked for already.

  Rule: A profile before strangers look at it: a picture
    @policy @id:profile-picture @severity:warning @guard:profile-ready
    Scenario: A stranger is written to once the profile has a picture
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      Then a profile picture must have happened before

    Scenario: a headline alone is not enough
      Given these events
        | at         | relationship | event            | stranger |
        | 2026-01-05 |              | profile headline |          |
        | 2026-01-06 | ana          | first message    | yes      |
        | 2026-01-07 |              | profile picture  |          |
        | 2026-01-08 | ben          | first message    | yes      |
      Then only "ana" breaks the policy

  Rule: A profile before strangers look at it: a headline
    @policy @id:profile-headline @severity:warning @guard:profile-ready
    Scenario: A stranger is written to once the profile has a headline
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      Then a profile headline must have happened before

    Scenario: who knows the seeker needs no profile
      Given these events
        | at         | relationship | event            | stranger |
        | 2026-01-05 | cleo         | first message    | no       |
        | 2026-01-06 | ana          | first message    | yes      |
        | 2026-01-07 |              | profile headline |          |
        | 2026-01-08 | ben          | first message    | yes      |
      Then only "ana" breaks the policy

  Rule: A profile before strangers look at it: an intro
    @policy @id:profile-intro @severity:warning @guard:profile-ready
    Scenario: A stranger is written to once the profile says who the seeker is
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      Then a profile intro must have happened before

    Scenario: an intro that came later does not count
      Given these events
        | at         | relationship | event         | stranger |
        | 2026-01-06 | ana          | first message | yes      |
        | 2026-01-07 |              | profile intro |          |
        | 2026-01-08 | ben          | first message | yes      |
      Then only "ana" breaks the policy

  Rule: Few strangers a week
    @policy @id:weekly-outreach-limit @severity:warning @guard:weekly-outreach-limit
    Scenario: At most 5 first messages go to strangers in any 7 days
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      Then it may happen at most 5 times in any 7 days

    Scenario: the sixth in a week breaks it, and after a week there is room again
      Given these events
        | at         | relationship | event         | stranger |
        | 2026-01-05 | ana          | first message | yes      |
        | 2026-01-06 | ben          | first message | yes      |
        | 2026-01-07 | cleo         | first message | yes      |
        | 2026-01-08 | dan          | first message | yes      |
        | 2026-01-09 | eva          | first message | yes      |
        | 2026-01-11 | finn         | first message | yes      |
        | 2026-01-20 | gil          | first message | yes      |
      Then only "finn" breaks the policy

  Rule: One ask at a time
    @policy @id:one-open-ask @severity:error @guard:one-open-ask
    Scenario: No chat, introduction or referral is asked for while another ask to the person waits
      Given every relationship
      When an earned ask happens
      Then at most 1 may be open at once until a settlement with the same ask

    Scenario: an answer makes room for the next
      Given these events
        | at         | relationship | event     | ask |
        | 2026-01-05 | ana          | chat ask  | 1   |
        | 2026-01-06 | ana          | intro ask | 2   |
        | 2026-01-05 | ben          | chat ask  | 3   |
        | 2026-01-06 | ben          | agreement | 3   |
        | 2026-01-20 | ben          | intro ask | 4   |
      Then only "ana" breaks the policy

  Rule: A first message waits for its answer
    @policy @id:first-message-answered @severity:error @guard:one-open-ask
    Scenario: Nothing is asked while a first message waits for an answer
      Given every relationship
      When a new ask happens
      Then every earlier first message must already have had its word from them or ask that came to nothing with the same relationship

    Scenario: any word from them answers it
      Given these events
        | at         | relationship | event         |
        | 2026-01-05 | ana          | first message |
        | 2026-01-20 | ana          | chat ask      |
        | 2026-01-05 | ben          | first message |
        | 2026-01-08 | ben          | reply         |
        | 2026-01-20 | ben          | chat ask      |
      Then only "ana" breaks the policy

  Rule: A pause between favours
    @policy @id:ask-cooldown @severity:warning @guard:ask-cooldown
    Scenario: A favour is asked for no sooner than 30 days after the last one ended
      Given every relationship
      When a favour ask happens
      Then no end of a favour ask may have happened within the 30 days before

    Scenario: on the thirtieth day the pause is over
      Given these events
        | at         | relationship | event     | ask kind     |
        | 2026-01-05 | ana          | decline   | introduction |
        | 2026-02-03 | ana          | intro ask |              |
        | 2026-01-05 | ben          | decline   | introduction |
        | 2026-02-04 | ben          | intro ask |              |
      Then only "ana" breaks the policy

  Rule: Few favours at once
    @policy @id:open-ask-limit @severity:warning @guard:open-ask-limit
    Scenario: At most 3 favours are open over the whole network
      Given all relationships of one seeker together
      When a favour ask happens
      Then at most 3 may be open at once until a settlement with the same ask or 21 days have passed

    Scenario: the fourth breaks it
      Given these events
        | at         | relationship | event        | ask |
        | 2026-01-05 | ana          | intro ask    | 1   |
        | 2026-01-06 | ben          | intro ask    | 2   |
        | 2026-01-07 | cleo         | referral ask | 3   |
        | 2026-01-08 | dan          | referral ask | 4   |
        | 2026-01-27 | eva          | referral ask | 5   |
      Then only "dan" breaks the policy

  Rule: One referrer for an opening: asked
    @policy @id:one-referrer-asked @severity:error @guard:one-referrer-per-opening
    Scenario: Nobody is asked for a referral while somebody else's answer for the same opening is awaited
      Given all relationships of one opening together
      When a referral ask happens
      Then at most 1 may be open at once until an ask that came to nothing with the same ask or 21 days have passed

    Scenario: a no makes room, and another opening is another matter
      Given these events
        | at         | relationship | event        | opening | ask |
        | 2026-01-05 | ana          | referral ask | acme/1  | 1   |
        | 2026-01-06 | ben          | referral ask | acme/1  | 2   |
        | 2026-01-06 | cleo         | referral ask | acme/2  | 3   |
        | 2026-01-07 | cleo         | decline      | acme/2  | 3   |
        | 2026-01-08 | dan          | referral ask | acme/2  | 4   |
      Then only "ben" breaks the policy

  Rule: One referrer for an opening: given
    @policy @id:one-referrer-given @severity:error @guard:one-referrer-per-opening
    Scenario: Nobody is asked for a referral that somebody else gave
      Given all relationships of one opening together
      When a referral ask happens
      Then no referral may have happened before

    Scenario: one strong referral is enough
      Given these events
        | at         | relationship | event        | opening |
        | 2026-01-05 | ana          | referral     | acme/1  |
        | 2026-01-07 | ben          | referral ask | acme/1  |
        | 2026-01-07 | cleo         | referral ask | acme/2  |
      Then only "ben" breaks the policy

  Rule: A connector is asked for one introduction at a time
    @policy @id:connector-open @severity:warning @guard:connector-load
    Scenario: No more than 1 intro ask waits for a connector
      Given all relationships of one connector together
      When an intro ask happens
      Then at most 1 may be open at once until a settlement with the same ask or 21 days have passed

    Scenario: the second at once breaks it
      Given these events
        | at         | relationship | event     | ask |
        | 2026-01-05 | ana          | intro ask | 1   |
        | 2026-01-12 | ana          | intro ask | 2   |
        | 2026-01-05 | ben          | intro ask | 3   |
        | 2026-01-10 | ben          | decline   | 3   |
        | 2026-01-12 | ben          | intro ask | 4   |
      Then only "ana" breaks the policy

  Rule: A connector is asked now and then
    @policy @id:connector-asked @severity:warning @guard:connector-load
    Scenario: A connector is asked for at most 3 introductions in any 90 days
      Given all relationships of one connector together
      When an intro ask happens
      Then it may happen at most 3 times in any 90 days

    Scenario: the fourth within 90 days breaks it
      Given these events
        | at         | relationship | event     |
        | 2026-01-05 | ana          | intro ask |
        | 2026-01-25 | ana          | intro ask |
        | 2026-02-15 | ana          | intro ask |
        | 2026-03-07 | ana          | intro ask |
        | 2026-03-07 | ben          | intro ask |
      Then only "ana" breaks the policy

  Rule: Patience before a nudge
    @policy @id:nudge-patience @severity:warning @guard:nudge-limit
    Scenario: A nudge comes no sooner than 7 days after what it reminds of
      Given all relationships of one ask together
      When a nudge happens
      Then no new ask or nudge may have happened within the 7 days before

    Scenario: on the seventh day it may come
      Given these events
        | at         | relationship | event    | ask |
        | 2026-01-05 | ana          | chat ask | 1   |
        | 2026-01-11 | ana          | nudge    | 1   |
        | 2026-01-05 | ben          | chat ask | 2   |
        | 2026-01-12 | ben          | nudge    | 2   |
      Then only "ana" breaks the policy

  Rule: One nudge is enough
    @policy @id:nudge-limit @severity:warning @guard:nudge-limit
    Scenario: An ask is nudged about at most once
      Given all relationships of one ask together
      When a nudge happens
      Then it may happen at most 1 times

    Scenario: the second breaks it
      Given these events
        | at         | relationship | event | ask |
        | 2026-01-05 | ana          | nudge | 1   |
        | 2026-01-20 | ana          | nudge | 1   |
        | 2026-01-05 | ben          | nudge | 2   |
        | 2026-01-20 | ben          | nudge | 3   |
      Then only "ana" breaks the policy
