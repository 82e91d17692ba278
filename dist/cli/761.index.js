export const id = 761;
export const ids = [761];
export const modules = {

/***/ 4761:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EXIT: () => (/* binding */ EXIT),
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Wp: () => (/* binding */ usageError),
/* harmony export */   w1: () => (/* binding */ brokenPipe)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** Exit codes of the tool; a command in a container ends with its own, and who writes for nobody as by SIGPIPE. */
const EXIT = { done: 0, failed: 1, usage: 2, passing: 75, interrupted: 130, brokenPipe: 141 };
/** A command line that cannot be followed: the tool ends with code 2. */
function usageError(cause, next) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('arguments', cause, { next, kind: 'usage' });
}
/** By the kind of a fault; 75 is EX_TEMPFAIL. @see https://man.openbsd.org/sysexits.3 */
const CODES = {
    usage: EXIT.usage,
    setting: EXIT.usage,
    passing: EXIT.passing,
    unresolvable: EXIT.failed,
    'not-built': EXIT.failed,
    failed: EXIT.failed,
};
/** The code that the tool ends with for an error. */
function exitCodeOf(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo ? CODES[error.kind] : EXIT.failed;
}
/** A handler for errors of stdout and stderr. @param ended is called where nobody reads them any more */
function brokenPipe(ended) {
    return (error) => {
        if (error.code !== 'EPIPE')
            throw error;
        ended();
    };
}


/***/ }),

/***/ 452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ errorLine),
/* harmony export */   S6: () => (/* binding */ errorLines),
/* harmony export */   ZN: () => (/* binding */ detailLines),
/* harmony export */   bs: () => (/* binding */ together),
/* harmony export */   "in": () => (/* binding */ unlessFaults),
/* harmony export */   xm: () => (/* binding */ faultsOf),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
/* harmony import */ var _text_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8810);

/** Characters of a line of what failed: compilers' calls are long, and the cause stands at either end. */
const WIDEST = 300;
/**
 * An error that a user can fix. It becomes one `::error::` line of at most 300 characters:
 * the step, the cause, and what to do next.
 */
class UserError extends Error {
    name = 'UserError';
    step;
    next;
    kind;
    input;
    place;
    /** What the log shows before the error line, e.g. the compiler's last lines. */
    details;
    /** Markdown for the job summary, '' for none. */
    report;
    /** Why, without the sentence around it, for whoever tells it otherwise; '' where there is no such part. */
    reason;
    /** Told beside it, each in a line of its own. */
    others;
    constructor(step, cause, next) {
        super(cause);
        const more = typeof next === 'string' ? { next } : next;
        this.step = step;
        this.next = more.next;
        this.kind = more.kind ?? (step === 'inputs' ? 'setting' : 'failed');
        this.input = more.input;
        this.place = more.place;
        this.details = more.details ?? [];
        this.report = more.report ?? '';
        this.others = more.others ?? [];
        this.reason = more.reason ?? '';
    }
    /** The same fault, told otherwise. */
    with({ step = this.step, cause = this.message, next = this.next, ...more }) {
        return new UserError(step, cause, { ...this, ...more, next });
    }
}
/** What is told of an error, a line each: all wrong settings at once. */
function errorLines(error) {
    if (!(error instanceof UserError))
        return [{ line: errorLine(error), place: undefined }];
    return [error, ...error.others].map((one) => ({ line: errorLine(one), place: one.place }));
}
/** One error for all of these; undefined for none. */
function together(faults) {
    const [first, ...others] = faults.flatMap((fault) => [fault, ...fault.others]);
    return first?.with({ others });
}
/** What checks find that look side by side. @throws whatever is no UserError */
async function faultsOf(checks) {
    const settled = await Promise.allSettled(checks);
    return settled.flatMap((one) => {
        if (one.status === 'fulfilled')
            return [];
        if (one.reason instanceof UserError)
            return [one.reason];
        throw one.reason;
    });
}
/** The work's result where nothing was found before. @throws UserError for all that was found, and for what the work finds */
function unlessFaults(found, work) {
    const faults = [...found];
    try {
        const result = work();
        if (faults.length === 0)
            return result;
    }
    catch (error) {
        if (!(error instanceof UserError))
            throw error;
        faults.push(error);
    }
    throw together(faults);
}
const LONGEST = 300;
/** It is what to type: the cause gives way. */
const LONGEST_NEXT = 200;
/**
 * One line for `::error::`, at most 300 characters; the cause is shortened before the next step is.
 * Anything that is not a UserError is a fault of ours and says so.
 */
function errorLine(error) {
    if (!(error instanceof UserError)) {
        const text = error instanceof Error ? error.message : String(error);
        return (0,_text_words_js__WEBPACK_IMPORTED_MODULE_0__/* .shorten */ .ml)(`pypackager failed unexpectedly: ${(0,_text_words_js__WEBPACK_IMPORTED_MODULE_0__/* .onOneLine */ .GJ)(text)}. Please report it with the log.`, LONGEST);
    }
    const next = (0,_text_words_js__WEBPACK_IMPORTED_MODULE_0__/* .shorten */ .ml)((0,_text_words_js__WEBPACK_IMPORTED_MODULE_0__/* .onOneLine */ .GJ)(error.next), LONGEST_NEXT);
    const head = `${error.step}: `;
    const cause = (0,_text_words_js__WEBPACK_IMPORTED_MODULE_0__/* .shortenInside */ .oQ)((0,_text_words_js__WEBPACK_IMPORTED_MODULE_0__/* .onOneLine */ .GJ)(error.message).replace(/\.$/, ''), LONGEST - head.length - next.length - 2);
    return `${head}${cause}. ${next}`;
}
/** What the failing program said last, as lines of a log; none of an error that has none. */
function detailLines(error) {
    return error instanceof UserError ? error.details.map((line) => `  | ${(0,_text_words_js__WEBPACK_IMPORTED_MODULE_0__/* .shortenInside */ .oQ)(line, WIDEST)}`) : [];
}


/***/ }),

/***/ 8810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GJ: () => (/* binding */ onOneLine),
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   Po: () => (/* binding */ causeIn),
/* harmony export */   fM: () => (/* binding */ lastLine),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   ml: () => (/* binding */ shorten),
/* harmony export */   oQ: () => (/* binding */ shortenInside)
/* harmony export */ });
// Texts for people to read, shortened and joined.
/** At most so many characters, the end cut. */
function shorten(text, most) {
    return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`;
}
/** Begin and end stay: what Docker says of a registry ends with the decisive words (`…: connect: connection refused`). */
function shortenInside(text, most) {
    const end = Math.floor(most / 3);
    return text.length <= most ? text : `${text.slice(0, most - end - 1)}…${text.slice(-end)}`;
}
/** A number of things: `1 wheel`, `2 wheels`. */
function counted(count, thing) {
    return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
function onOneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}
/** The last line that somebody said, which is mostly the cause. */
function lastLine(text) {
    return text.trim().split('\n').at(-1)?.trim() ?? '';
}
/** Up to a few of them, and how many there are more. */
function listed(items, most = 3, separator = ', ') {
    const shown = items.slice(0, most).join(separator);
    return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
/** What docker, BuildKit, containerd and runc set before the cause, each in front of the one below it. */
const LAYERS = new RegExp(`^(?:${[
    'error(?: response from daemon)?: ',
    'failed to (?:build|solve|solve with frontend dockerfile\\.v0|create LLB definition|load LLB|compute cache key|load cache key): ',
    'failed to calculate checksum of ref \\S+: ',
    'failed to resolve reference "[^"]*": ',
    'failed to do request: ',
    'failed to set up container networking: ',
    'failed to create (?:shim task|task for container): ',
    'OCI runtime create failed: (?:runc create failed: )?',
    'unable to start container process: (?:error during container init: )?',
    'rpc error: code = \\w+ desc = ',
].join('|')})+`, 'i');
/** The cause in a line of docker's: what is said of it stays, where it came through goes. */
function causeIn(line) {
    return line.replace(LAYERS, '');
}


/***/ })

};
