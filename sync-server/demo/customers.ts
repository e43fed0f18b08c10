// Customers that never lived: common names of five languages in their own script, telephone numbers that the
// German regulator keeps free for films (Bundesnetzagentur, Mitteilung 148/2021: 030 23125, 040 66969), and mail
// addresses below example.com, .org and .net (RFC 2606).

import { asCustomerId } from '../../shared/domain/ids.ts';
import type { Customer } from '../../shared/protocol/documents.ts';
import type { SeededRandom } from './seeded-random.ts';

export const DEMO_CUSTOMER_COUNT = 200;

type NamePool = { readonly given: readonly string[]; readonly family: readonly string[] };

const pool = (given: string, family: string): NamePool => ({
  given: given.split(' '),
  family: family.split(' '),
});

// Slavic family names go with the gender of the given name, so women and men have pools of their own.
const POOLS: readonly NamePool[] = [
  pool(
    'Emma Oliver Grace Henry Chloe Samuel Alice George Ruby Thomas',
    'Carter Bennett Hughes Foster Marsh Reid Palmer Dawson Lowe Barker',
  ),
  pool(
    'Lena Jonas Mia Felix Hannah Paul Clara Moritz Ida Anton',
    'Albrecht Brandt Engel Fuchs Graf Heine Jansen Krüger Lorenz Vogt',
  ),
  pool(
    'سارا رضا مریم علی زهرا امیر نرگس حسین لیلا بهرام',
    'احمدی کریمی محمدی حسینی رضایی موسوی جعفری صادقی نوری رحیمی',
  ),
  pool(
    'ليلى أحمد فاطمة يوسف نور عمر هدى خالد سلمى طارق',
    'حداد خوري منصور نصار صالح عباس فارس قاسم شريف زيدان',
  ),
  pool(
    'Анна Мария Елена Ольга Ирина Наталья Дарья Юлия',
    'Соколова Морозова Волкова Лебедева Новикова Козлова Орлова Зайцева',
  ),
  pool(
    'Иван Сергей Дмитрий Алексей Павел Николай Андрей Максим',
    'Соколов Морозов Волков Лебедев Новиков Козлов Орлов Зайцев',
  ),
  pool(
    'Anna Katarzyna Małgorzata Agnieszka Zofia Joanna Łucja Ewa',
    'Kowalska Wiśniewska Wójcik Kamińska Lewandowska Zielińska Szymańska Dąbrowska',
  ),
  pool(
    'Piotr Krzysztof Andrzej Tomasz Paweł Michał Jakub Łukasz',
    'Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Dąbrowski',
  ),
];
const MAIL_DOMAINS = ['example.com', 'example.org', 'example.net'];
const PHONE_BLOCKS = ['+49 30 23125', '+49 40 66969'];

/** The customers of the demo; the same random numbers give the same people. No name comes twice. */
export function demoCustomers(random: SeededRandom): readonly Customer[] {
  const names = new Set<string>();
  const customers: Customer[] = [];
  while (customers.length < DEMO_CUSTOMER_COUNT) {
    const place = customers.length;
    const { given, family } = POOLS[place % POOLS.length] ?? pool('Alex', 'Doe');
    const name = `${random.pick(given)} ${random.pick(family)}`;
    if (names.has(name)) continue;
    names.add(name);
    const number = String(place).padStart(4, '0');
    // Every fifth gave no mail address, every seventh no telephone number.
    const phone = `${PHONE_BLOCKS[place % PHONE_BLOCKS.length]} ${String(place).padStart(3, '0')}`;
    customers.push({
      id: asCustomerId(`c${number}`),
      name,
      ...(place % 7 === 6 ? {} : { phone }),
      ...(place % 5 === 4
        ? {}
        : { email: `customer.${number}@${MAIL_DOMAINS[place % MAIL_DOMAINS.length]}` }),
      // People of the shop buy at the staff price.
      ...(place % 50 === 0 ? { groups: ['staff'] } : {}),
    });
  }
  return customers;
}
