Feature: Every guard as a policy
  Drafts, to show that the vocabulary is enough.

  Rule: do-not-contact
    @policy @id:do-not-contact @severity:error @guard:do-not-contact
    Scenario: do-not-contact is kept to
      Given every relationship
      When an ask happens
      Then no no contact wanted may have happened before

  Rule: no-payment
    @policy @id:no-payment @severity:error @guard:no-payment
    Scenario: no-payment is kept to
      Given every relationship
      When a favour ask happens
      And its compensation is not nothing
      Then it must never happen

  Rule: payment-language
    @policy @id:payment-language @severity:error @guard:payment-language
    Scenario: payment-language is kept to
      Given every relationship
      When an ask happens
      And its payment offer is yes
      And its overridden guard is not payment-language
      Then it must never happen

  Rule: relationship-open
    @policy @id:relationship-open @severity:error @guard:relationship-open
    Scenario: relationship-open is kept to
      Given every relationship
      When an ask happens
      And its overridden guard is not relationship-open
      Then every earlier closing must already have had its reopening with the same relationship

  Rule: connector-agreed
    @policy @id:connector-agreed @severity:error @guard:both-sides-agree
    Scenario: connector-agreed is kept to
      Given all relationships of one introduction together
      When an introduction made happens
      And its attested is yes
      Then a connector consent must have happened before

  Rule: target-agreed
    @policy @id:target-agreed @severity:error @guard:both-sides-agree
    Scenario: target-agreed is kept to
      Given all relationships of one introduction together
      When an introduction made happens
      And its attested is yes
      Then a target consent must have happened before

  Rule: no-cold-ask
    @policy @id:no-cold-ask @severity:error @guard:no-cold-ask
    Scenario: no-cold-ask is kept to
      Given every relationship
      When an earned ask happens
      And its overridden guard is not no-cold-ask
      Then a word from them must have happened before

  Rule: profile-picture
    @policy @id:profile-picture @severity:warning @guard:profile-ready
    Scenario: profile-picture is kept to
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      And its overridden guard is not profile-ready
      Then a profile picture must have happened before

  Rule: profile-headline
    @policy @id:profile-headline @severity:warning @guard:profile-ready
    Scenario: profile-headline is kept to
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      And its overridden guard is not profile-ready
      Then a profile headline must have happened before

  Rule: profile-intro
    @policy @id:profile-intro @severity:warning @guard:profile-ready
    Scenario: profile-intro is kept to
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      And its overridden guard is not profile-ready
      Then a profile intro must have happened before

  Rule: first-message-short
    @policy @id:first-message-short @severity:warning @guard:genuine-first-message
    Scenario: first-message-short is kept to
      Given every relationship
      When a first message happens
      And its overridden guard is not genuine-first-message
      Then its words must be at most 100

  Rule: first-message-personal
    @policy @id:first-message-personal @severity:warning @guard:genuine-first-message
    Scenario: first-message-personal is kept to
      Given every relationship
      When a first message happens
      And its unsaid is not nothing
      And its overridden guard is not genuine-first-message
      Then it must never happen

  Rule: first-message-no-job
    @policy @id:first-message-no-job @severity:warning @guard:genuine-first-message
    Scenario: first-message-no-job is kept to
      Given every relationship
      When a first message happens
      And its job request is yes
      And its overridden guard is not genuine-first-message
      Then it must never happen

  Rule: first-message-no-copy
    @policy @id:first-message-no-copy @severity:warning @guard:genuine-first-message
    Scenario: first-message-no-copy is kept to
      Given all relationships of one seeker together
      When a first message happens
      And its copy is yes
      And its overridden guard is not genuine-first-message
      Then it must never happen

  Rule: weekly-outreach
    @policy @id:weekly-outreach @severity:warning @guard:weekly-outreach-limit
    Scenario: weekly-outreach is kept to
      Given all relationships of one seeker together
      When a first message happens
      And its stranger is yes
      And its overridden guard is not weekly-outreach-limit
      Then it may happen at most 5 times in any 7 days

  Rule: conversation-alive
    @policy @id:conversation-alive @severity:warning @guard:conversation-alive
    Scenario: conversation-alive is kept to
      Given every relationship
      When an earned ask happens
      And its overridden guard is not conversation-alive
      Then a word from them must have happened within the 60 days before

  Rule: chat-after-value
    @policy @id:chat-after-value @severity:error @guard:stage-reached
    Scenario: chat-after-value is kept to
      Given every relationship
      When a chat ask happens
      And its overridden guard is not stage-reached
      Then an arrival at value given or an agreement to be introduced must have happened before

  Rule: intro-after-chat
    @policy @id:intro-after-chat @severity:error @guard:stage-reached
    Scenario: intro-after-chat is kept to
      Given every relationship
      When an intro ask happens
      And its overridden guard is not stage-reached
      Then an arrival at coffee chat must have happened before

  Rule: referral-after-intro
    @policy @id:referral-after-intro @severity:error @guard:stage-reached
    Scenario: referral-after-intro is kept to
      Given every relationship
      When a referral ask happens
      And its overridden guard is not stage-reached
      And its overridden guard is not intro-before-referral
      Then an arrival at intro must have happened before

  Rule: questions-prepared
    @policy @id:questions-prepared @severity:warning @guard:questions-prepared
    Scenario: questions-prepared is kept to
      Given every relationship
      When a chat ask happens
      And its overridden guard is not questions-prepared
      Then its questions must be at least 3

  Rule: topics-prepared
    @policy @id:topics-prepared @severity:warning @guard:questions-prepared
    Scenario: topics-prepared is kept to
      Given every relationship
      When a chat ask happens
      And its overridden guard is not questions-prepared
      Then its topics must be at least 2

  Rule: chat-not-short
    @policy @id:chat-not-short @severity:warning @guard:chat-length
    Scenario: chat-not-short is kept to
      Given every relationship
      When a chat ask happens
      And its overridden guard is not chat-length
      Then its minutes must be at least 15

  Rule: chat-not-long
    @policy @id:chat-not-long @severity:warning @guard:chat-length
    Scenario: chat-not-long is kept to
      Given every relationship
      When a chat ask happens
      And its overridden guard is not chat-length
      Then its minutes must be at most 30

  Rule: thanked
    @policy @id:thanked @severity:error @guard:thanked
    Scenario: thanked is kept to
      Given every relationship
      When an ask happens
      And its overridden guard is not thanked
      Then every earlier debt of thanks must already have had its thank-you or settled debt with the same occasion

  Rule: value-before-chat
    @policy @id:value-before-chat @severity:error @guard:value-first
    Scenario: value-before-chat is kept to
      Given every relationship
      When a chat ask happens
      And its overridden guard is not value-first
      Then a gift or an agreement to be introduced must have happened before

  Rule: value-first
    @policy @id:value-first @severity:error @guard:value-first
    Scenario: value-first is kept to
      Given every relationship
      When a favour ask happens
      And its overridden guard is not value-first
      Then a gift must have happened before

  Rule: goodwill
    @policy @id:goodwill @severity:warning @guard:goodwill
    Scenario: goodwill is kept to
      Given every relationship
      When a favour ask happens
      And its overridden guard is not goodwill
      Then it may happen at most 1 times as often as a gift, leaving out those with an ask that came to nothing of the same ask

  Rule: intro-names
    @policy @id:intro-names @severity:warning @guard:specific-intro
    Scenario: intro-names is kept to
      Given every relationship
      When an intro ask happens
      And its overridden guard is not specific-intro
      Then it must have destination

  Rule: intro-why
    @policy @id:intro-why @severity:warning @guard:specific-intro
    Scenario: intro-why is kept to
      Given every relationship
      When an intro ask happens
      And its overridden guard is not specific-intro
      Then it must have why

  Rule: note-long-enough
    @policy @id:note-long-enough @severity:warning @guard:specific-intro
    Scenario: note-long-enough is kept to
      Given every relationship
      When an intro ask happens
      And its overridden guard is not specific-intro
      Then its note words must be at least 50

  Rule: note-short-enough
    @policy @id:note-short-enough @severity:warning @guard:specific-intro
    Scenario: note-short-enough is kept to
      Given every relationship
      When an intro ask happens
      And its overridden guard is not specific-intro
      Then its note words must be at most 125

  Rule: note-asks
    @policy @id:note-asks @severity:warning @guard:specific-intro
    Scenario: note-asks is kept to
      Given every relationship
      When an intro ask happens
      And its overridden guard is not specific-intro
      Then its note questions must be at least 1

  Rule: note-asks-little
    @policy @id:note-asks-little @severity:warning @guard:specific-intro
    Scenario: note-asks-little is kept to
      Given every relationship
      When an intro ask happens
      And its overridden guard is not specific-intro
      Then its note questions must be at most 3

  Rule: specific-referral
    @policy @id:specific-referral @severity:warning @guard:specific-referral
    Scenario: specific-referral is kept to
      Given every relationship
      When a referral ask happens
      And its overridden guard is not specific-referral
      Then it must have role, company, fit, help and link

  Rule: intro-before-referral
    @policy @id:intro-before-referral @severity:error @guard:intro-before-referral
    Scenario: intro-before-referral is kept to
      Given every relationship
      When a referral ask happens
      And its overridden guard is not intro-before-referral
      Then a warm introduction must have happened before

  Rule: can-vouch
    @policy @id:can-vouch @severity:warning @guard:can-vouch
    Scenario: can-vouch is kept to
      Given every relationship
      When a referral ask happens
      And its unsaid is not nothing
      And its overridden guard is not can-vouch
      Then it must never happen

  Rule: one-open-ask
    @policy @id:one-open-ask @severity:warning @guard:one-open-ask
    Scenario: one-open-ask is kept to
      Given every relationship
      When a new ask happens
      And its overridden guard is not one-open-ask
      Then at most 1 may be open at once until a settlement with the same ask

  Rule: ask-cooldown
    @policy @id:ask-cooldown @severity:warning @guard:ask-cooldown
    Scenario: ask-cooldown is kept to
      Given every relationship
      When a favour ask happens
      And its overridden guard is not ask-cooldown
      Then no end of a favour ask may have happened within the 30 days before

  Rule: open-ask-limit
    @policy @id:open-ask-limit @severity:warning @guard:open-ask-limit
    Scenario: open-ask-limit is kept to
      Given all relationships of one seeker together
      When a favour ask happens
      And its overridden guard is not open-ask-limit
      Then at most 3 may be open at once until a settlement with the same ask or 21 days have passed

  Rule: one-referrer-asked
    @policy @id:one-referrer-asked @severity:error @guard:one-referrer-per-opening
    Scenario: one-referrer-asked is kept to
      Given all relationships of one opening together
      When a referral ask happens
      And its overridden guard is not one-referrer-per-opening
      Then at most 1 may be open at once until an ask that came to nothing with the same ask or 21 days have passed

  Rule: one-referrer-given
    @policy @id:one-referrer-given @severity:error @guard:one-referrer-per-opening
    Scenario: one-referrer-given is kept to
      Given all relationships of one opening together
      When a referral ask happens
      And its overridden guard is not one-referrer-per-opening
      Then no referral may have happened before

  Rule: connector-load-open
    @policy @id:connector-load-open @severity:warning @guard:connector-load
    Scenario: connector-load-open is kept to
      Given all relationships of one connector together
      When an intro ask happens
      And its overridden guard is not connector-load
      Then at most 1 may be open at once until a settlement with the same ask or 21 days have passed

  Rule: connector-load
    @policy @id:connector-load @severity:warning @guard:connector-load
    Scenario: connector-load is kept to
      Given all relationships of one connector together
      When an intro ask happens
      And its overridden guard is not connector-load
      Then it may happen at most 3 times in any 90 days

  Rule: loop-closed
    @policy @id:loop-closed @severity:error @guard:loop-closed
    Scenario: loop-closed is kept to
      Given all relationships of one seeker together
      When a favour ask happens
      And its overridden guard is not loop-closed
      Then every earlier debt of an outcome older than 7 days must already have had its outcome report or settled debt with the same referral

  Rule: nudge-waits
    @policy @id:nudge-waits @severity:warning @guard:nudge-limit
    Scenario: nudge-waits is kept to
      Given all relationships of one ask together
      When a nudge happens
      And its overridden guard is not nudge-limit
      Then no new ask or nudge may have happened within the 7 days before

  Rule: nudge-once
    @policy @id:nudge-once @severity:warning @guard:nudge-limit
    Scenario: nudge-once is kept to
      Given every relationship
      When a nudge happens
      And its overridden guard is not nudge-limit
      Then no two may share ask

  Rule: thanks-in-time
    @policy @id:thanks-in-time @severity:warning
    Scenario: thanks-in-time is kept to
      Given all relationships of one occasion together
      When a debt of thanks happens
      Then a thank-you or settled debt must follow within 72 hours

  Rule: answered-in-time
    @policy @id:answered-in-time @severity:info
    Scenario: answered-in-time is kept to
      Given every relationship
      When a message from them happens
      Then a word to them or settled debt must follow within 2 days

  Rule: outcome-told
    @policy @id:outcome-told @severity:warning
    Scenario: outcome-told is kept to
      Given all relationships of one referral together
      When a debt of an outcome happens
      Then an outcome report or settled debt must follow within 7 days

  Rule: asks-lapse
    @policy @id:asks-lapse @severity:warning
    Scenario: asks-lapse is kept to
      Given all relationships of one ask together
      When a new ask happens
      Then a settlement must follow within 22 days
