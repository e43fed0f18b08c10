import { describe, expect, test } from 'vitest';
import { cleanCustomer, customerPreimage, sameContact } from './customer.ts';
import { asCustomerId } from './ids.ts';

const grace = { id: asCustomerId('c1'), name: 'Grace', phone: '+49 30 231250', email: 'grace@example.com' };
const reached = (phone: string, email = '') =>
  sameContact([grace], { name: 'Somebody', phone, email }, null).map(({ id }) => id);

describe('a customer who is taken down', () => {
  test('has a name and a way to be reached, without what breaks a receipt', () => {
    expect(cleanCustomer({ name: '  Grace\u202E\n Hopper ', phone: '۰۳۰ ۲۳۱۲۵۰', email: '' })).toEqual({
      ok: true,
      value: { name: 'Grace Hopper', phone: '030 231250' },
    });
    expect(cleanCustomer({ name: 'سارا', phone: '', email: ' sara@example.org ' })).toEqual({
      ok: true,
      value: { name: 'سارا', email: 'sara@example.org' },
    });
  });

  test.each([
    [{ name: ' ', phone: '030 231250', email: '' }, 'customer-name-missing'],
    [{ name: 'Grace', phone: ' ', email: '' }, 'customer-contact-missing'],
    [{ name: 'Grace', phone: 'mine', email: '' }, 'phone-not-understood'],
    [{ name: 'Grace', phone: '1234', email: '' }, 'phone-not-understood'],
    [{ name: 'Grace', phone: '', email: 'grace.example.com' }, 'email-not-understood'],
    [{ name: 'Grace', phone: '', email: 'grace@example' }, 'email-not-understood'],
  ])('is refused as %j', (typed, reason) => {
    expect(cleanCustomer(typed)).toMatchObject({ ok: false, reason });
  });

  test('is known by the same number, however it is written, and by the same address', () => {
    expect(reached('004930231250')).toEqual(['c1']);
    expect(reached('(030) 23 12 50')).toEqual(['c1']);
    expect(reached('030 231251')).toEqual([]);
    // Too little of a number to be sure.
    expect(reached('231250')).toEqual([]);
    expect(reached('', 'Grace@Example.com')).toEqual(['c1']);
    expect(reached('', '')).toEqual([]);
    expect(sameContact([grace], grace, grace.id)).toEqual([]);
  });

  test('is committed to by a text that holds everything, in one order', () => {
    const { id, ...details } = grace;
    expect(customerPreimage(id, details, 'salt-1')).toBe(
      '{"customerId":"c1","email":"grace@example.com","name":"Grace","phone":"+49 30 231250","salt":"salt-1"}',
    );
  });
});
