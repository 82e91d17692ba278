/**
 * Folders of an image that never become its user's: those of programs, libraries and settings with all below them, the virtual environment's,
 * and those in which others have theirs. The input `writable` and the trial (`stages/install/places.py`) go by it alone,
 * so it is written as JavaScript and Python read it alike.
 */
export const OF_SYSTEM = new RegExp(
  [
    '^/(s?bin|lib(32|64|x32)?|boot|dev|etc|proc|root|sys|appenv/bin)(/|$)',
    '^/usr/(local/)?(s?bin|lib(32|64|x32|exec)?)(/|$)',
    '^/(home|media|mnt|opt|run|srv|tmp|usr|usr/local|var|appenv|appenv/lib(/python[0-9.]+t?(/site-packages)?)?)?$',
  ].join('|'),
)
