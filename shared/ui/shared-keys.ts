// The keys of the sentences that both apps share. English defines them; the message check holds every other language
// to the same set.

import type messages from './messages/en.json';

export type SharedKey = keyof typeof messages;
