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
const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130, brokenPipe: 141 };
/** A command line that cannot be followed: the tool ends with code 2. */
function usageError(cause, next) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('arguments', cause, next, { kind: 'usage' });
}
/** The code that the tool ends with for an error: 2 for what was typed or set wrongly, 1 for all else. */
function exitCodeOf(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo && (error.kind === 'usage' || error.kind === 'setting') ? EXIT.usage : EXIT.failed;
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
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
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
    /** Told beside it, each in a line of its own. */
    others;
    constructor(step, cause, next, more = {}) {
        super(cause);
        this.step = step;
        this.next = next;
        this.kind = more.kind ?? (step === 'inputs' ? 'setting' : 'failed');
        this.input = more.input;
        this.place = more.place;
        this.details = more.details ?? [];
        this.report = more.report ?? '';
        this.others = more.others ?? [];
    }
    /** The same fault, told otherwise. */
    with({ step = this.step, cause = this.message, next = this.next, ...more }) {
        return new UserError(step, cause, next, { ...this, ...more });
    }
}
/** What is told of an error, a line each: all wrong settings at once. */
function errorLines(error) {
    if (!(error instanceof UserError))
        return [{ line: errorLine(error), place: undefined }];
    return [error, ...error.others].map((one) => ({ line: errorLine(one), place: one.place }));
}
const LONGEST = 300;
/**
 * One line for `::error::`, at most 300 characters; the cause is shortened before the next step is.
 * Anything that is not a UserError is a fault of ours and says so.
 */
function errorLine(error) {
    if (!(error instanceof UserError)) {
        const text = error instanceof Error ? error.message : String(error);
        return shorten(`pypackager failed unexpectedly: ${oneLine(text)}. Please report it with the log.`, LONGEST);
    }
    const next = shorten(oneLine(error.next), 160);
    const head = `${error.step}: `;
    const cause = shortenInside(oneLine(error.message).replace(/\.$/, ''), LONGEST - head.length - next.length - 2);
    return `${head}${cause}. ${next}`;
}
function oneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}
function shorten(text, length) {
    return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
/** Begin and end stay: what Docker says of a registry ends with the decisive words (`…: connect: connection refused`). */
function shortenInside(text, length) {
    const end = Math.floor(length / 3);
    return text.length <= length ? text : `${text.slice(0, length - end - 1)}…${text.slice(-end)}`;
}


/***/ })

};
