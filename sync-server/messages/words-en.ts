// What customers are told, in English.

import type { MessageWords } from './message-words.ts';

export const EN: MessageWords = {
  direction: 'ltr',
  locale: 'en-GB',
  greeting: (name) => `Hello ${name},`,
  subject: {
    placed: (code) => `We have your order ${code}`,
    ready: (code) => `Your order ${code} is ready`,
    reminder: (code) => `Your order ${code} is still waiting`,
    rejected: (code) => `We cannot fill your order ${code}`,
    released: (code) => `Your order ${code} was cancelled`,
    expired: (code) => `The time for your order ${code} is over`,
    'handed-over': (code) => `Thank you for collecting ${code}`,
    apology: (code) => `We are sorry about your order ${code}`,
    moved: (code) => `Another store keeps your order, now ${code}`,
    postponed: (code) => `Your order ${code} comes later`,
    substitute: (code) => `We offer something else for your order ${code}`,
  },
  body: {
    placed: (store, until) =>
      `your goods are promised to you at ${store} until ${until}. We write again as soon as they are ready.`,
    ready: (store, until) =>
      `your order is ready at ${store}. Please collect it by ${until} and bring this code.`,
    reminder: (store, until) =>
      `your order still waits at ${store}. It is kept until ${until}; after that we put the goods back.`,
    rejected: (store) => `we are sorry: ${store} could not find what you ordered. Nothing is charged.`,
    released: (store) => `your order at ${store} was cancelled. If you did not ask for that, please call us.`,
    expired: (store) =>
      `your order at ${store} was not collected in time, so the goods are back on the shelf.`,
    apology: (store) =>
      `we are very sorry: what we had promised you at ${store} was sold in the store by mistake, and we have no other. Your order is cancelled and nothing is charged; what you have paid is given back.`,
    moved: (store, until) =>
      `the store that you had chosen has no more of what you ordered, and we are sorry for that. ${store} keeps it for you until ${until}, with the new code below.`,
    postponed: (store, until) =>
      `we are sorry: what we had promised you at ${store} is gone. We get it for you again and keep it until ${until}. If that is too late, please call us.`,
    substitute: (store) =>
      `we are sorry: ${store} has no more of what you ordered, and offers you something else instead. Please say yes or no on the page of your order, or call us.`,
    'handed-over': (store) =>
      `thank you for your visit at ${store}. Tell us how it was on the page of your order.`,
  },
  code: 'Code',
  goods: 'Goods',
  follow: 'Follow your order',
  noReply: 'This message was sent by itself.',
};
