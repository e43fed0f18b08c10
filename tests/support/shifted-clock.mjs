// Moves the clock of a process: loaded before anything else (NODE_OPTIONS=--import), it adds CLOCK_SHIFT_MS to every reading
// of Date. Timers run on as they are, so nothing waits longer or shorter.

const shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? 0);
const RealDate = Date;

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shiftMs;
  }
}

if (shiftMs !== 0) globalThis.Date = ShiftedDate;
