/** The private-use characters by which WebDriver names keys that type no character. */
const KEYS = {
  ...{
    Cancel: '\uE001',
    Help: '\uE002',
    Backspace: '\uE003',
    Tab: '\uE004',
    Clear: '\uE005',
    Return: '\uE006',
  },
  ...{
    Enter: '\uE007',
    Shift: '\uE008',
    Control: '\uE009',
    Alt: '\uE00A',
    Pause: '\uE00B',
    Escape: '\uE00C',
  },
  ...{ Space: ' ', PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012' },
  ...{ ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Insert: '\uE016', Delete: '\uE017' },
  ...{ Meta: '\uE03D', F1: '\uE031', F2: '\uE032', F3: '\uE033', F4: '\uE034', F5: '\uE035', F6: '\uE036' },
};

/** @param {string} name */
const code = (name) => KEYS[/** @type {keyof typeof KEYS} */ (name)] ?? name;

/** @param {string} combination such as Shift+Enter; "+" itself is written Plus */
export const keysOf = (combination) => combination.split('+').map((name) => (name === 'Plus' ? '+' : name));

/** @param {string} combination */
export function keyActions(combination) {
  const keys = keysOf(combination).map(code);
  const down = keys.map((value) => ({ type: 'keyDown', value }));
  const up = keys.reverse().map((value) => ({ type: 'keyUp', value }));
  return [...down, ...up];
}

/** @param {string[]} keys */
export const typeActions = (keys) =>
  keys.map(code).flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
