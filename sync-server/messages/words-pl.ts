// What customers are told, in Polish.

import type { MessageWords } from './message-words.ts';

export const PL: MessageWords = {
  direction: 'ltr',
  locale: 'pl-PL',
  greeting: (name) => `Dzień dobry, ${name}!`,
  subject: {
    placed: (code) => `Mamy Twoje zamówienie ${code}`,
    ready: (code) => `Twoje zamówienie ${code} jest gotowe`,
    reminder: (code) => `Twoje zamówienie ${code} wciąż czeka`,
    rejected: (code) => `Nie możemy zrealizować zamówienia ${code}`,
    released: (code) => `Zamówienie ${code} zostało anulowane`,
    expired: (code) => `Minął czas na odbiór zamówienia ${code}`,
    'handed-over': (code) => `Dziękujemy za odbiór zamówienia ${code}`,
    apology: (code) => `Przepraszamy w sprawie zamówienia ${code}`,
    moved: (code) => `Inny sklep trzyma Twoje zamówienie, nowy kod ${code}`,
    postponed: (code) => `Zamówienie ${code} będzie później`,
    substitute: (code) => `Proponujemy zamiennik w zamówieniu ${code}`,
  },
  body: {
    placed: (store, until) =>
      `Towary czekają na Ciebie w sklepie ${store} do ${until}. Napiszemy ponownie, gdy będą gotowe do odbioru.`,
    ready: (store, until) =>
      `Twoje zamówienie jest gotowe w sklepie ${store}. Odbierz je do ${until} i podaj ten kod.`,
    reminder: (store, until) =>
      `Twoje zamówienie wciąż czeka w sklepie ${store}. Trzymamy je do ${until}, potem towary wrócą na półkę.`,
    rejected: (store) =>
      `Przykro nam: w sklepie ${store} nie ma tego, co zamówiono. Nie pobierzemy żadnej opłaty.`,
    released: (store) =>
      `Zamówienie w sklepie ${store} zostało anulowane. Jeśli to nie Twoja prośba, zadzwoń do nas.`,
    expired: (store) => `Zamówienia w sklepie ${store} nie odebrano na czas, więc towary wróciły na półkę.`,
    apology: (store) =>
      `Bardzo przepraszamy: to, co obiecaliśmy Ci w sklepie ${store}, przez pomyłkę sprzedano, a innego nie mamy. Zamówienie jest anulowane, nie pobierzemy opłaty, a to, co zapłacono, zwrócimy.`,
    moved: (store, until) =>
      `Przykro nam: wybrany sklep nie ma już tego, co zamówiono. ${store} trzyma to dla Ciebie do ${until} pod nowym kodem podanym niżej.`,
    postponed: (store, until) =>
      `Przykro nam: tego, co obiecaliśmy Ci w sklepie ${store}, już nie ma. Sprowadzimy to ponownie i zatrzymamy do ${until}. Jeśli to za późno, zadzwoń do nas.`,
    substitute: (store) =>
      `Przykro nam: ${store} nie ma już tego, co zamówiono, i proponuje coś innego. Odpowiedz „tak” lub „nie” na stronie zamówienia albo zadzwoń do nas.`,
    'handed-over': (store) =>
      `Dziękujemy za wizytę w sklepie ${store}. Napisz na stronie zamówienia, jak było.`,
  },
  code: 'Kod',
  goods: 'Towary',
  follow: 'Śledź zamówienie',
  noReply: 'Ta wiadomość została wysłana automatycznie.',
};
