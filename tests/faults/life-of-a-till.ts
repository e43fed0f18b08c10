// One till over many deaths: a browser profile that outlives its browser, the page in it, and the list of what the
// cashier was told. Faults come from outside: signals, the cable, the disk, the clock.

import type { Page } from 'playwright';
import { Till, type Told } from '../e2e/till.ts';
import { makeProfile, removeProfile, startBrowser, type BrowserProcess } from '../support/browser-process.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';

/** A sale for which the money button was pressed and no answer was seen: it may be there once, or not at all. */
export type OpenQuestion = { readonly totalMinor: number };

const TROUBLE_STEPS_MAX = 12;
const SIGN_ON_MAX = 3;

export class LifeOfATill {
  readonly profile = makeProfile();
  readonly told: Told[] = [];
  readonly openQuestions: OpenQuestion[] = [];
  /** Codes of every trouble that was shown. */
  readonly troubles: string[] = [];
  /** Receipts that were told and not delivered when the disk was damaged: they may be gone, but never in silence. */
  readonly atRisk = new Set<string>();
  /** Those of them about which the till itself has said, before it was enrolled anew, that it no longer has them. */
  readonly admittedLost = new Set<string>();
  /** A run with it has failed and was counted; what it had not delivered then is not counted again in later runs. */
  isGivenUp = false;
  readonly #proxy: FaultProxy;
  #browser: BrowserProcess | null = null;
  #till: Till | null = null;
  #clockOffsetMs = 0;

  constructor(proxy: FaultProxy) {
    this.#proxy = proxy;
  }

  get till(): Till {
    if (this.#till === null) throw new Error('the browser is closed');
    return this.#till;
  }

  get isOpen(): boolean {
    return this.#till !== null;
  }

  get origin(): string {
    return this.#proxy.url;
  }

  /** Starts the browser on the profile and opens the till; nothing is waited for beyond the navigation. */
  async openBrowser(options: { readonly wrapper?: readonly string[] } = {}): Promise<void> {
    this.#browser = await startBrowser(this.profile, options);
    const page = this.#browser.context.pages()[0] ?? (await this.#browser.context.newPage());
    await this.useClock(page);
    this.#till = new Till(page, this.origin);
    await this.#till.open();
  }

  /** Opens the browser and brings the till to its sell screen, whatever stands in between. */
  async open(): Promise<void> {
    await this.openBrowser();
    await this.becomeReady();
  }

  async becomeReady(): Promise<void> {
    let signOns = 0;
    for (let step = 0; step < TROUBLE_STEPS_MAX; step += 1) {
      const screen = await this.till.waitForScreen(
        'enrol',
        'trouble',
        'sign-on',
        'open-till',
        'sell',
        'finished',
      );
      if (screen === 'sell') return this.#noteBanners();
      if (screen === 'finished') await this.till.newSale();
      else if (screen === 'open-till') await this.till.openTillIfAsked();
      else if (screen === 'enrol') await this.#enrol();
      else if (screen === 'trouble') await this.#settleTrouble();
      else {
        signOns += 1;
        if (signOns > SIGN_ON_MAX) throw new Error('the operator cannot sign on');
        await this.till.signOn();
      }
    }
    throw new Error(`the till does not become ready: troubles ${this.troubles.join(', ')}`);
  }

  /** A whole sale of one piece; the cashier is told. */
  async sell(place = 0): Promise<Told> {
    if ((await this.till.screen()) === 'finished') await this.till.newSale();
    await this.till.addTile(place);
    const told = await this.payAndBeTold();
    await this.till.newSale();
    return told;
  }

  /** Pays what is in the cart and notes what the finish screen says. */
  async payAndBeTold(): Promise<Told> {
    const due = await this.till.startPaying();
    this.openQuestions.push({ totalMinor: due });
    await this.till.pressTake();
    const told = await this.till.waitForFinish();
    this.openQuestions.pop();
    this.told.push(told);
    return told;
  }

  /** Presses the money button and does not look at the answer. */
  async payWithoutAnswer(): Promise<void> {
    const due = await this.till.startPaying();
    this.openQuestions.push({ totalMinor: due });
    // The browser may die under this click; then there is no answer either.
    void this.till.pressTake().catch(() => undefined);
  }

  async kill(): Promise<void> {
    await this.#browser?.kill();
    this.#forget();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#forget();
  }

  /** Shifts the clock of every page from its next load on. */
  setClock(offsetMs: number): void {
    this.#clockOffsetMs = offsetMs;
  }

  async useClock(page: Page): Promise<void> {
    if (this.#clockOffsetMs === 0) return;
    await page.addInitScript((offsetMs: number) => {
      const RealDate = Date;
      class ShiftedDate extends RealDate {
        constructor(...parts: unknown[]) {
          if (parts.length === 0) super(RealDate.now() + offsetMs);
          // The other forms do not ask the clock; their arguments go on as they came.
          else super(...(parts as [number]));
        }
        static override now(): number {
          return RealDate.now() + offsetMs;
        }
      }
      globalThis.Date = ShiftedDate as DateConstructor;
    }, this.#clockOffsetMs);
  }

  page(): Page {
    return this.till.page;
  }

  async end(): Promise<void> {
    await this.kill().catch(() => undefined);
    removeProfile(this.profile);
  }

  #forget(): void {
    this.#browser = null;
    this.#till = null;
  }

  putAtRisk(receipts: readonly string[]): void {
    for (const receipt of receipts) this.atRisk.add(receipt);
  }

  async #enrol(): Promise<void> {
    const gone = this.till.find('trouble-EN-02');
    if (await gone.isVisible()) {
      this.troubles.push('EN-02');
      const stated = Number(
        /(\d+) entr(?:y|ies) had not reached/.exec((await gone.textContent()) ?? '')?.[1] ?? 0,
      );
      const waiting = [...this.atRisk].filter((receipt) => !this.admittedLost.has(receipt));
      // Its sales are among the entries it counts; a smaller number would be a lie.
      if (stated >= waiting.length) for (const receipt of waiting) this.admittedLost.add(receipt);
    }
    await this.till.find('enrol-demo').click();
    await this.till.waitForScreen('sign-on', 'open-till', 'sell', 'trouble');
  }

  /** What a person does: the first thing that is offered, and later the next. */
  async #settleTrouble(): Promise<void> {
    const screen = this.till.find('trouble-screen');
    const code = (await screen.getAttribute('data-trouble')) ?? '?';
    const seen = this.troubles.filter((other) => other === code).length;
    this.troubles.push(code);
    const buttons = screen.locator('button[data-testid^="trouble-"]');
    const count = await buttons.count();
    if (count === 0) throw new Error(`trouble ${code} offers nothing to do`);
    await buttons.nth(seen % count).click();
    // The same trouble again is the next step; a settled one leaves the screen.
    await screen.waitFor({ state: 'detached', timeout: 3000 }).catch(() => undefined);
  }

  async #noteBanners(): Promise<void> {
    // Read where everything is told that is not put away.
    const banners = this.page().locator('.notices .banner[data-testid^="trouble-"]');
    for (const banner of await banners.all()) {
      const code = /^trouble-([A-Z]{2}-\d+)$/.exec((await banner.getAttribute('data-testid')) ?? '')?.[1];
      if (code !== undefined) this.troubles.push(code);
    }
  }
}
