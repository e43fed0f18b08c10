// A till as a cashier uses it: buttons, keys and what stands on the screen, nothing of the code behind it. The browser
// tests and the fault runs drive the product through this and only this.

import type { CDPSession, Locator, Page } from 'playwright';
import { sendAsScanner, sendTextAsScanner, type ScannerLayout } from './scanner-keys.ts';

/** What the cashier was told when a sale was final. */
export type Told = {
  readonly receiptNumber: string;
  readonly totalMinor: number;
  readonly changeMinor: number;
};

export type TillScreen =
  | 'checking'
  | 'enrol'
  | 'trouble'
  | 'sign-on'
  | 'open-till'
  | 'sell'
  | 'pay'
  | 'finished'
  | 'transactions';

/** An operator of the demo store, as the server prints it at its start. */
export const CASHIER: { readonly number: number; readonly pin: string } = { number: 11, pin: '1234' };

const SCREENS: readonly TillScreen[] = [
  'checking',
  'enrol',
  'trouble',
  'sign-on',
  'open-till',
  'sell',
  'pay',
  'finished',
  'transactions',
];
const START_LIMIT_MS = 60_000;
const STEP_LIMIT_MS = 15_000;

export class Till {
  readonly page: Page;
  readonly origin: string;
  #devTools: CDPSession | null = null;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
  }

  find(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.origin}/pos/`);
  }

  /** The screen that is shown now, or null while there is none. */
  async screen(): Promise<TillScreen | null> {
    for (const name of SCREENS) {
      if (await this.find(`${name}-screen`).isVisible()) return name;
    }
    return null;
  }

  /** Waits until one of the screens is shown and says which. */
  async waitForScreen(...names: readonly TillScreen[]): Promise<TillScreen> {
    const any = this.page.locator(names.map((name) => `[data-testid="${name}-screen"]`).join(', '));
    await any.first().waitFor({ state: 'visible', timeout: START_LIMIT_MS });
    for (const name of names) {
      if (await this.find(`${name}-screen`).isVisible()) return name;
    }
    return this.waitForScreen(...names);
  }

  /** First start to ready to sell: the demo button, an operator, the PIN. */
  async enrolAndSignOn(pin = CASHIER.pin, operatorNumber = CASHIER.number): Promise<void> {
    await this.open();
    await this.waitForScreen('enrol');
    await this.find('enrol-demo').click();
    await this.signOn(pin, operatorNumber);
  }

  async signOn(pin = CASHIER.pin, operatorNumber = CASHIER.number): Promise<void> {
    await this.waitForScreen('sign-on');
    await this.find(`operator-${operatorNumber}`).click();
    for (const digit of pin) await this.find(`pin-${digit}`).click();
    await this.find('sign-on-submit').click();
    await this.openTillIfAsked();
  }

  /** The till is opened with the float of the last time, in one tap, where none is open. */
  async openTillIfAsked(): Promise<void> {
    if ((await this.waitForScreen('open-till', 'sell')) === 'sell') return;
    await this.find('open-till-now').click();
    await this.waitForScreen('sell');
  }

  /** From a start of the page to the sell screen, signing on where it is asked for. */
  async becomeReady(pin = CASHIER.pin): Promise<void> {
    const screen = await this.waitForScreen('sign-on', 'open-till', 'sell');
    if (screen === 'sign-on') await this.signOn(pin);
    else await this.openTillIfAsked();
  }

  /** Tiles of goods sold by the piece; a weighed one would ask for its weight first, a style for size and colour. */
  tiles(): Locator {
    return this.find('tiles').locator('button.tile:not(:has(.tile-foot > small)):not([data-style])');
  }

  async addTile(place: number): Promise<void> {
    const before = await this.lineCount();
    const pieces = await this.cartPieces();
    await this.tiles().nth(place).click();
    await this.#until(
      async () => (await this.lineCount()) > before || (await this.cartPieces()) > pieces,
      'no line was added',
    );
  }

  async lineCount(): Promise<number> {
    return Number(await this.find('cart-panel').getAttribute('data-lines'));
  }

  async cartPieces(): Promise<number> {
    const quantities = this.page.locator('[data-testid^="line-"][data-testid$="-quantity"]');
    const each = await quantities.evaluateAll((nodes) =>
      nodes.map((node) => Number(node.getAttribute('data-quantity-milli'))),
    );
    return each.reduce((sum, quantity) => sum + quantity, 0);
  }

  async totalMinor(): Promise<number> {
    return this.amountOf(this.find('total'));
  }

  async amountOf(money: Locator): Promise<number> {
    return Number(await money.getAttribute('data-amount-minor'));
  }

  /** Opens the pay screen; the amount due in cash comes back. */
  async startPaying(): Promise<number> {
    await this.find('pay').click();
    await this.waitForScreen('pay');
    return Number(await this.find('pay-screen').getAttribute('data-due-minor'));
  }

  /** Presses "take the money" with the exact amount, and does not wait for anything. */
  async pressTake(): Promise<void> {
    await this.find('pay-confirm').click();
  }

  /** What the finish screen says. Only from here on is a sale told. */
  async waitForFinish(timeoutMs = STEP_LIMIT_MS): Promise<Told> {
    const finished = this.find('finished-screen');
    await finished.waitFor({ state: 'visible', timeout: timeoutMs });
    return {
      receiptNumber: (await finished.getAttribute('data-receipt-number')) ?? '',
      totalMinor: await this.amountOf(this.find('finished-total')),
      changeMinor: Number(await finished.getAttribute('data-change-minor')),
    };
  }

  /** What is in the cart, paid in cash to the minor unit. */
  async payExactly(): Promise<Told> {
    await this.startPaying();
    await this.pressTake();
    return this.waitForFinish();
  }

  async newSale(): Promise<void> {
    await this.find('new-sale').click();
    await this.waitForScreen('sell');
  }

  /** A whole sale of the tiles at these places, back on the sell screen at the end. */
  async sell(...places: readonly number[]): Promise<Told> {
    for (const place of places) await this.addTile(place);
    const told = await this.payExactly();
    await this.newSale();
    return told;
  }

  /** Sets the cart aside; the code of its slip comes back. */
  async suspend(label: string): Promise<string> {
    await this.find('cart-suspend').click();
    if (label !== '') await this.find('suspend-label').fill(label);
    await this.find('suspend-ok').click();
    await this.find('suspend').waitFor({ state: 'detached' });
    const said = (await this.find('toast').textContent()) ?? '';
    return /S[0-9]+-[0-9]+-[A-Z]+[0-9]+/.exec(said)?.[0] ?? '';
  }

  /** What the status bar says in its data attributes. */
  async status(): Promise<{ pending: number; connection: string; writer: string; printer: string }> {
    const bar = this.find('status-bar');
    return {
      pending: Number(await bar.getAttribute('data-pending')),
      connection: (await bar.getAttribute('data-connection')) ?? '',
      writer: (await bar.getAttribute('data-writer')) ?? '',
      printer: (await bar.getAttribute('data-printer')) ?? '',
    };
  }

  async waitForStatus(
    wanted: { readonly pending?: number; readonly connection?: string; readonly writer?: string },
    timeoutMs = 60_000,
  ): Promise<void> {
    const parts = Object.entries(wanted).map(([name, value]) => `[data-${name}="${value}"]`);
    await this.page
      .locator(`[data-testid="status-bar"]${parts.join('')}`)
      .waitFor({ state: 'attached', timeout: timeoutMs });
  }

  /** Waits until this window says that another one writes. */
  async waitForReadOnly(): Promise<void> {
    await this.page
      .locator(
        '[data-testid="status-bar"][data-writer="another-window"], [data-testid="trouble-screen"][data-trouble="ST-04"]',
      )
      .first()
      .waitFor({ state: 'visible', timeout: START_LIMIT_MS });
  }

  /** Waits until the service worker holds the app, so that the next start needs no network. */
  async isReadyForOffline(): Promise<void> {
    await this.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      while (registration.active?.state !== 'activated') {
        await new Promise((resolve) => {
          registration.active?.addEventListener('statechange', resolve, { once: true });
        });
      }
    });
  }

  async choosePrinter(id: string): Promise<void> {
    await this.find('open-settings').click();
    await this.find(`printer-${id}`).check();
    await this.find('settings-close').click();
    await this.find('settings').waitFor({ state: 'detached' });
  }

  async skuOfTile(place: number): Promise<string> {
    const testId = await this.tiles().nth(place).getAttribute('data-testid');
    return (testId ?? '').replace(/^tile-/, '');
  }

  /** A scanner that types: real key events, and Enter at the end. */
  async scan(code: string, layout: ScannerLayout = 'us'): Promise<void> {
    this.#devTools ??= await this.page.context().newCDPSession(this.page);
    await sendAsScanner(this.#devTools, code, layout);
  }

  /** As `scan`, for codes in which capitals, dots and lines count. */
  async scanText(text: string): Promise<void> {
    this.#devTools ??= await this.page.context().newCDPSession(this.page);
    await sendTextAsScanner(this.#devTools, text);
  }

  async #until(check: () => Promise<boolean>, sentence: string): Promise<void> {
    const deadline = Date.now() + STEP_LIMIT_MS;
    while (!(await check())) {
      if (Date.now() > deadline) throw new Error(`${sentence} within ${STEP_LIMIT_MS / 1000} s`);
      await this.page.waitForTimeout(10);
    }
  }
}
