export const id = 420;
export const ids = [420,761];
export const modules = {

/***/ 6028:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ inputsAsFlags),
/* harmony export */   w: () => (/* binding */ laptopWords)
/* harmony export */ });
/* harmony import */ var _inputs_flags_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1634);

/** What messages call by the words of a workflow, and how a laptop's user says it. */
const WORDS = [
    [/,? and in a workflow [^.;]*/g, ''],
    [/\bIn a workflow, [^.;]*; else set\b/g, 'Set'],
    [/Let actions\/checkout fetch the history \([^)]*\)( with its credentials)?/g, 'Fetch the history (git fetch --unshallow --tags)'],
    [/Let actions\/checkout fetch them \([^)]*\)( with its credentials)?/g, 'Fetch them (git fetch --tags)'],
    [/Let actions\/checkout fetch it \(lfs: true\)/g, 'Fetch it (git lfs pull)'],
    [/Let actions\/checkout fetch it \(submodules: recursive\)/g, 'Fetch it (git submodule update --init --recursive)'],
    [/(?: the input env, a line each:|(?<==(?:…|127\.0\.0\.1)),) (\w+=(?:…|127\.0\.0\.1))/g, ' -e $1'],
    [/\bjob\.container\.network or host\b/g, 'host'],
    [/log in before this step( \([^)]*\))?/g, 'log in first (docker login)'],
    [/ before this step( \([^)]*\))?/g, ' first'],
    [/\(submodules: true\?\)/g, '(git submodule update --init)'],
    [/\b([Aa])(n?) (Linux )?runner\b/g, '$1$2 $3machine'],
    [/\b(the|this) runner\b/g, 'this machine'],
    [/ Nothing was pushed\./g, ''],
    [/\bIt must be lines of ([^.,;]*)/g, 'It must be $1 (each in a line, or by the flag again)'],
    [/\bchecks: (warn|off)\b/g, '--checks $1'],
    [/\bin the workspace\b/g, 'in this folder'],
    [/\bthe workspace\b/g, 'the repository'],
];
/** Settings by their names, as one sets them here. */
const SHOWN = new Map([
    ..._inputs_flags_js__WEBPACK_IMPORTED_MODULE_0__/* .FLAGS */ .Wg.map(({ input, names }) => [input, `--${names[0]}`]),
    ...['password', 'index-credentials', 'secrets', 'github-token'].flatMap((input) => {
        const name = /PYPACKAGER_\w+/.exec((0,_inputs_flags_js__WEBPACK_IMPORTED_MODULE_0__/* .whyNoFlag */ .Ks)(input) ?? '')?.[0];
        return name ? [[input, name]] : [];
    }),
]);
const NAME = `(?:${[...SHOWN.keys()].sort((a, b) => b.length - a.length).join('|')})`;
const ROW = `${NAME}(?:(?:,| and| or|, and|, or) ${NAME})*(?![\\w-])`;
/** `the input path`, `the inputs path and requirements` */
const THE_INPUT = new RegExp(`\\b[Tt]he inputs? (${ROW})`, 'g');
/** `Set network to`, `Check path.`: what follows is no further word of a name. */
const IMPERATIVE = new RegExp(`\\b(Set|set|Check|check|Write|by|in) (${ROW})(?=[,;)]|\\.(?!\\w)|$| to | or | and | if | for |: )`, 'g');
/** Names with a hyphen are words of ours alone, but in what is quoted, assigned or part of a path. */
const HYPHENED = new RegExp(`(?<![\\w./"'\`=\\[-]|\\[tool\\.uv\\] )((?=[a-z]+-)${NAME})(?![\\w/="'\`\\]-])`, 'g');
/** `build-packages: libpq-dev`, as a workflow's file has it; what follows a comma is of the sentence. */
const WITH_VALUE = /(--[a-z-]+): ([^\s",;][^",;]*?)(?=[,;]|\.? *$|\. )/g;
/** A note, a warning or an error in the words of the command line: flags for inputs, this machine for a runner. */
function laptopWords(text) {
    if (text.includes('[tool.pypackager]'))
        return inputsAsFlags(text); // there they are keys
    return inputsAsFlags(text)
        .replace(IMPERATIVE, (_all, verb, row) => `${verb} ${flags(row)}`)
        .replace(HYPHENED, (name) => SHOWN.get(name) ?? name)
        .replace(WITH_VALUE, (_all, flag, value) => `${flag} ${/[\s<>[\]!*]/.test(value) ? `"${value}"` : value}`);
}
/** The same for lines that show values too: only what is plainly called an input. */
function inputsAsFlags(text) {
    return WORDS.reduce((line, [pattern, word]) => line.replace(pattern, word), text).replace(THE_INPUT, (_all, row) => flags(row));
}
function flags(row) {
    return row.replace(new RegExp(NAME, 'g'), (name) => SHOWN.get(name) ?? name);
}


/***/ }),

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

/***/ 1420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  crashed: () => (/* binding */ crashed),
  tool: () => (/* binding */ tool)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/effects/log/log-line.js
var log_line = __webpack_require__(2696);
// EXTERNAL MODULE: ./lib/effects/log/terminal-log.js
var terminal_log = __webpack_require__(2312);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./lib/inputs/flags.js
var inputs_flags = __webpack_require__(1634);
// EXTERNAL MODULE: ./lib/inputs/table.js + 1 modules
var table = __webpack_require__(9778);
;// CONCATENATED MODULE: ./lib/inputs/unknown.js



const NAMES = Object.keys(table/* TABLE */.Bt);
/** What is meant by names of Docker's actions, and by other words for ours. */
const MEANT = {
    file: 'Write dockerfile, a file relative to path. Without one the image is made from the project.',
    context: 'Write path, the folder of the project.',
    platforms: 'Write platform, with one of them: a job for each builds them side by side.',
    images: 'Write registry, namespace and image-name.',
    image: 'Write image-name, with registry and namespace beside it.',
    repository: 'Write namespace and image-name.',
    'cache-from': 'Leave it out: the wheels are cached by themselves (cache says when).',
    'cache-to': 'Leave it out: the wheels are cached by themselves (cache says when).',
    load: "Leave it out: the image is always on the runner's Docker daemon.",
    outputs: "Leave it out: the image is on the runner's Docker daemon, and push pushes it.",
    pull: 'Leave it out, or name parent-image by its digest.',
    provenance: 'Write attest, which pushes SBOM and provenance beside the image.',
    attests: 'Write attest, which pushes SBOM and provenance beside the image.',
    annotations: 'Write labels, in lines of NAME=value.',
    'secret-files': 'Write secrets, in lines of ID=value.',
    'secret-envs': 'Write secrets, in lines of ID=value.',
    builder: "Leave it out: images are built by the daemon's own builder. builder-image is the image that compiles.",
    'add-hosts': 'Write build-network: host, so that builds see the names that the runner sees.',
    'working-directory': 'Write path.',
    workdir: 'Write path.',
    directory: 'Write path.',
    project: 'Write path.',
    name: 'Write image-name.',
    owner: 'Write namespace.',
    organization: 'Write namespace.',
    organisation: 'Write namespace.',
    python: 'Write python-version.',
    token: 'Write password, or github-token for ghcr.io.',
    entrypoint: 'Write command.',
    cmd: 'Write command.',
    environment: 'Write image-env for the image, or env for commands and tests.',
    'apt-packages': 'Write runtime-packages, or build-packages where only compiling needs them.',
    'system-packages': 'Write runtime-packages, or build-packages where only compiling needs them.',
};
/**
 * Inputs of the step that the table lacks: the runner hands on whatever stands below `with`. The environment of a job may hold
 * such variables too.
 * @param env with `INPUT_` variables: names in capitals, with `_` for a blank
 * @see https://github.com/actions/runner, AddInputsToEnvironment
 */
function unknownInputs(env) {
    const given = Object.keys(env).flatMap((key) => (key.startsWith('INPUT_') ? [key.slice('INPUT_'.length).toLowerCase()] : []));
    return given
        .filter((name) => !NAMES.includes(name))
        .sort()
        .map((name) => ({ name, advice: adviceFor(name.replaceAll('_', '-')) }));
}
function adviceFor(name) {
    if (Object.hasOwn(MEANT, name))
        return MEANT[name] ?? '';
    const near = didYouMean(name, NAMES);
    return near ? `Did you mean ${near}?` : '';
}
/**
 * The unknown inputs as faults where they were meant for us. One that is like nothing may be a variable of the job; runners
 * that derive from act hand the inputs of a composite action on to its steps.
 * @returns what is only told, as sentences
 */
function judgeUnknown(env) {
    const handsOn = ['ACT', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => Boolean(env[name]));
    const unknown = unknownInputs(env);
    const meant = (one) => !handsOn && one.advice !== '';
    return {
        faults: unknown.filter(meant).map(({ name, advice }) => new UserError('inputs', `there is no input ${name}, which this step sets (INPUT_${name.toUpperCase()})`, {
            next: advice,
            input: name,
        })),
        warnings: unknown
            .filter((one) => !meant(one))
            .map(({ name, advice }) => `There is no input ${name}, so it has no effect. ${advice || 'docs/inputs.md lists all inputs.'}`),
    };
}

// EXTERNAL MODULE: ./lib/project/names.js
var names = __webpack_require__(3669);
// EXTERNAL MODULE: ./lib/cli/usage.js
var usage = __webpack_require__(4761);
// EXTERNAL MODULE: ./lib/plan/start/servers.js
var servers = __webpack_require__(1672);
;// CONCATENATED MODULE: ./lib/cli/verbs.js

const verbs_NAMES = ['namespace', 'image-name', 'version'];
const INDEXES = ['index-url', 'extra-index-urls', 'ca-bundle'];
const COMMANDS = ['ports', 'volumes', 'env', 'network'];
const RELEASE = ['extras', 'python-version', 'parent-image', 'runtime-packages', 'command', 'user', 'image-env', 'dockerfile'];
/** The verbs of the methodology, in the order in which one meets them. */
const VERBS = [
    {
        name: 'init',
        usage: '[--write]',
        takes: 'nothing',
        does: 'proposes a workflow and the settings that the project needs',
        more: [
            'It looks at the project and says what it chose and why: the branch, the tests, what is in a monorepo, a start command where none is found.',
            'The difference is shown first. In a terminal it asks whether to write it; else --write does.',
        ],
        flags: ['path'],
        examples: [
            ['init', 'shows what would be written'],
            ['init --write', 'writes it'],
        ],
        ours: true,
    },
    {
        name: 'plan',
        usage: '',
        takes: 'nothing',
        does: 'shows each setting with where it comes from, and what would be made',
        more: ['Nothing is built, and Docker is not asked. With --json the Dockerfile is shown too.'],
        flags: verbs_NAMES,
        examples: [['plan', 'in the folder of your project']],
    },
    {
        name: 'doctor',
        usage: '',
        takes: 'nothing',
        does: 'looks at all that a release takes of this machine',
        more: [
            'Docker, BuildKit, Buildx and the builder, disks, certificates, indexes, the registry and its login, the cache service, git and the clock: each with its state and what to do. It needs no project.',
            'It ends with 1 if something is in the way of a release. A trial build of nothing is all that it makes.',
        ],
        flags: ['registry', 'username', 'index-url', 'ca-bundle'],
        examples: [
            ['doctor', 'this machine'],
            ['doctor --registry ghcr.io', 'and a registry, with the login to it'],
        ],
        ours: true,
    },
    {
        name: 'build',
        usage: '[<extra>…]',
        takes: 'words',
        does: 'makes the wheels of the project and its dependencies',
        more: [
            'They are in wheelhouse/ afterwards, with the lock pylock.toml. What is there already is used again.',
            'Extras that are named bring their wheels into the same folder, for the test image: the release stays without them. One that the project does not have is a warning.',
        ],
        flags: ['path', 'wheelhouse', 'requirements', 'build-packages', 'exclude-newer', ...INDEXES],
        examples: [
            ['build', 'the project and what it requires'],
            ['build test', 'and what its extra test requires'],
        ],
    },
    {
        name: 'build cmd',
        usage: '<command…>',
        takes: 'command',
        does: 'runs a command in the builder, with source and wheelhouse at hand',
        more: [
            'The project is /application and the working folder, the wheelhouse is /wheelhouse: your own folders, not copies.',
            'The command runs as the owner of the project, so that what it writes there is yours. It ends with the code of the command.',
        ],
        flags: ['env', 'build-packages', 'builder-image', 'network'],
        examples: [
            ['build cmd bash', 'a shell in the builder'],
            ['build cmd "pip list"', 'a line of a shell, in quotes'],
            ['build cmd pip wheel --no-deps --wheel-dir /wheelhouse .', 'what pip would make of it'],
        ],
    },
    {
        name: 'release',
        usage: '',
        takes: 'nothing',
        does: 'makes the release image from the wheelhouse',
        more: ['Wheels that are missing are made first. If `build` was run before, no index is needed.'],
        flags: [...verbs_NAMES, ...RELEASE],
        examples: [
            ['release', 'named after the project, with the tag latest'],
            ['release --namespace acme --version 1.2.3', 'acme/<project>:1.2.3'],
        ],
    },
    {
        name: 'run',
        usage: '[<flag>…] [--] [<command…>]',
        takes: 'command',
        does: 'runs a command in the release image',
        more: [
            'From the first word on, everything belongs to the command and reaches it as it is. Without a command the image starts as it does by itself; words that begin with a flag are its arguments.',
            'Services that env names (DATABASE_URL=postgresql://…) are waited for.',
            'In a terminal it is interactive. The container is removed when the command ends, and it ends with the code of the command.',
            'A folder that is mounted is made if it is missing, and the command runs as its owner.',
        ],
        flags: [...COMMANDS, ...verbs_NAMES],
        examples: [
            ['run -p 8000:8000', 'starts the application'],
            ['run bash', 'a shell in the image'],
            ['run -- --help', 'arguments of what the image starts'],
            ['run -v ~/data:/data -e "GREETING=good day" -- python -m shop --loud', 'flags before the --, the command after it'],
        ],
    },
    {
        name: 'manage',
        usage: '[<flag>…] [--] <command…>',
        takes: 'command',
        does: 'runs a command of manage.py in the release image',
        more: ['It finds manage.py in the image, or the console script that does its work. Otherwise as `run`.'],
        flags: [...COMMANDS, ...verbs_NAMES],
        examples: [
            ['manage check', ''],
            ['manage -v ~/data:/data -e DATABASE=/data/db.sqlite3 migrate', ''],
            ['manage -v static:/var/www/static -- collectstatic --noinput', 'into a volume that Docker keeps'],
        ],
    },
    {
        name: 'test',
        usage: '[<extra>…]',
        takes: 'words',
        does: 'makes the test image and runs what must pass in it',
        more: [
            'The test image is the release with the packages of the extras that are named (or of test-extras) from the same wheels. test-command runs in it; without one the image is made, and nothing runs.',
        ],
        flags: ['test-extras', 'test-command', 'env', 'network'],
        examples: [['test test --test-command "manage.py test"', 'with the packages of the extra test']],
    },
    {
        name: 'dev',
        usage: '[<flag>…] [--] [<command…>]',
        takes: 'command',
        does: 'makes the dev image and starts it on your source',
        more: [
            `The dev image is the test image with the folder of the project mounted at /app: what you change there is what runs. Servers that can (those of Django, ${servers/* RELOADING */.mC.join(', ')}) see changes by themselves.`,
            'Without a command it starts as the application does, on 127.0.0.1:8000 unless a port is given. With one, that runs instead.',
        ],
        flags: [...COMMANDS, 'test-extras', ...verbs_NAMES],
        examples: [
            ['dev', 'http://127.0.0.1:8000'],
            ['dev -p 9000:8000 -e DEBUG=1', 'on another port'],
            ['dev -- pytest -x', 'a command instead'],
        ],
    },
    {
        name: 'push',
        usage: '',
        takes: 'nothing',
        does: 'makes the release image and pushes it',
        more: ['By your own login (`docker login`), or as username with PYPACKAGER_PASSWORD.'],
        flags: ['registry', 'username', 'tags', 'flavor', ...verbs_NAMES],
        examples: [['push --registry ghcr.io --namespace acme --version 1.2.3', '']],
    },
    {
        name: 'image',
        usage: '[<folder> [<context>]]',
        takes: 'words',
        does: 'builds a custom Dockerfile',
        more: [
            'The image is called after the last folder: docker/base gives <namespace>/<image>-base. The Dockerfile of the project itself gives the release.',
            'The context is the folder of the Dockerfile, unless another is named.',
            'BASE_IMAGE and BUILDER_IMAGE are given to it as build arguments, PARENT_IMAGE too.',
        ],
        flags: [...verbs_NAMES, 'base-image', 'builder-image', 'parent-image'],
        examples: [
            ['image docker/base', '<namespace>/<image>-base:<version>'],
            ['image docker/web .', 'with the whole project as its context'],
            ['image', '<namespace>/<image>:<version>, from ./Dockerfile'],
        ],
    },
    {
        name: 'eject',
        usage: '[--write] [<folder>]',
        takes: 'words',
        does: 'writes a Dockerfile that makes the same image without pypackager',
        more: [
            'The release is made first. Then docker-build/ (or the folder that is named) gets a Dockerfile, its scripts, requirements with hashes and a README: plain docker build makes the same files in the image.',
            'A folder with files of yours is left alone. One that eject wrote before is written anew with --write.',
        ],
        flags: [...verbs_NAMES, ...RELEASE],
        examples: [
            ['eject', 'then docker build -f docker-build/Dockerfile .'],
            ['eject deploy/docker-build --write', 'another folder, written anew'],
        ],
        ours: true,
    },
    {
        name: 'clean',
        usage: '',
        takes: 'nothing',
        does: 'removes the wheelhouse',
        more: ['Only a folder that pypackager filled is removed. Images stay: docker image rm removes them.'],
        flags: ['path', 'wheelhouse'],
        examples: [['clean', 'removes wheelhouse/']],
    },
];

;// CONCATENATED MODULE: ./lib/cli/arguments.js






/** Flags of the tool itself. */
const OWN = ['help', 'json', 'verbose', 'trust-project', 'write'];
const OPTIONS = {
    ...Object.fromEntries(inputs_flags/* FLAGS */.Wg.flatMap(optionsOf)),
    ...Object.fromEntries(OWN.map((name) => [name, { type: 'boolean', ...(name === 'help' && { short: 'h' }) }])),
};
const BY_NAME = new Map(inputs_flags/* FLAGS */.Wg.flatMap((flag) => flag.names.map((name) => [name, flag])));
function optionsOf(flag) {
    const type = flag.value === undefined ? 'boolean' : 'string';
    return flag.names.map((name, i) => [name, { type, ...(flag.short && i === 0 ? { short: flag.short } : {}) }]);
}
/**
 * Reads a command line. A verb that takes a command takes everything from its first word on, or from `--` on, and
 * looks at nothing of it.
 * @param argv without node and the script
 * @param env where `--env NAME` takes its value from
 * @throws UserError that says what was probably meant
 */
function readArguments(argv, env = {}) {
    const none = { verb: undefined, words: [], command: [], flags: new Map(), help: false, version: false, ...ownFlags(new Set()) };
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V'))
        return { ...none, version: true };
    const tokens = tokensOf(argv);
    const positionals = tokens.filter((token) => token.kind === 'positional');
    if (positionals[0]?.value === 'help')
        return { ...none, ...verbOf(positionals.slice(1)), help: true };
    const { verb, length } = verbOf(positionals);
    const end = verb?.takes === 'command' ? commandStart(argv, tokens, positionals[length]) : { options: argv.length, command: argv.length };
    const before = tokens.filter((token) => token.index < end.options);
    const { flags, own } = readFlags(before, env);
    const rest = positionals.slice(length).filter((token) => token.index < end.options);
    if (verb?.takes === 'nothing' && rest[0])
        throw (0,usage/* usageError */.Wp)(`${verb.name} takes no argument, and "${rest[0].value}" is one`, helpOf(verb));
    if (own.has('write') && verb && !['init', 'eject'].includes(verb.name))
        throw (0,usage/* usageError */.Wp)('--write is of init and eject', helpOf(verb));
    if (!verb && !own.has('help') && argv.length > 0)
        throw (0,usage/* usageError */.Wp)('no verb is named', 'See pypackager --help.');
    return {
        verb,
        words: rest.map(({ value }) => value),
        command: argv.slice(end.command),
        flags,
        help: own.has('help') || argv.length === 0,
        version: false,
        ...ownFlags(own),
    };
}
function ownFlags(own) {
    return { json: own.has('json'), verbose: own.has('verbose'), trustProject: own.has('trust-project'), write: own.has('write') };
}
function tokensOf(argv) {
    const how = { strict: false, allowPositionals: true, allowNegative: true, tokens: true };
    return (0,external_node_util_.parseArgs)({ args: [...argv], options: OPTIONS, ...how }).tokens;
}
/** The verb, which may have two words (`build cmd`), and how many words it has. */
function verbOf(positionals) {
    const [first, second] = positionals;
    if (!first)
        return { verb: undefined, length: 0 };
    const two = second && VERBS.find(({ name }) => name === `${first.value} ${second.value}`);
    if (two)
        return { verb: two, length: 2 };
    const verb = VERBS.find(({ name }) => name === first.value);
    if (verb)
        return { verb, length: 1 };
    const near = (0,names/* didYouMean */.a)(first.value, VERBS.map(({ name }) => name));
    throw (0,usage/* usageError */.Wp)(`there is no verb "${first.value}"`, near ? `Did you mean ${near}? See pypackager --help.` : `The verbs are ${VERBS.map(({ name }) => name).join(', ')}.`);
}
/** Where the tool's own options end, and where the command begins. */
function commandStart(argv, tokens, first) {
    const dashes = tokens.find((token) => token.kind === 'option-terminator')?.index ?? argv.length;
    if (first && first.index < dashes)
        return { options: first.index, command: first.index };
    return { options: dashes, command: dashes + 1 };
}
function readFlags(tokens, env) {
    const flags = new Map();
    const own = new Set();
    for (const token of tokens) {
        if (token.kind !== 'option')
            continue;
        const negative = token.rawName.startsWith('--no-') && !BY_NAME.has(token.name) ? token.name.replace(/^no-/, '') : token.name;
        const flag = BY_NAME.get(token.rawName.slice(2)) ?? BY_NAME.get(negative);
        if (flag) {
            const value = givenValue(flag, token, env);
            const before = flags.get(flag.input);
            flags.set(flag.input, before === undefined || flag.value === undefined ? value : `${before}\n${value}`);
        }
        else if (OWN.includes(token.name))
            own.add(token.name);
        else
            throw unknownFlag(token.rawName);
    }
    return { flags, own };
}
function givenValue(flag, token, env) {
    const { rawName, value } = token;
    if (flag.value === undefined) {
        if (value !== undefined)
            return String(value); // `--sbom=false`
        return flag.names.includes(rawName.slice(2)) ? 'true' : 'false'; // `--no-sbom`, and `--no-cache`, whose name that is
    }
    if (value === undefined || (token.inlineValue === false && value.startsWith('--'))) {
        throw (0,usage/* usageError */.Wp)(`${rawName} needs a value`, `Write ${rawName} ${flag.value}, or --${flag.names[0]}=… if it begins with a dash.`);
    }
    if (flag.repeatable && value.includes('\n'))
        throw (0,usage/* usageError */.Wp)(`a value of ${rawName} has several lines`, `Give ${rawName} once for each value.`);
    if (flag.input !== 'env' || value.includes('='))
        return value;
    const here = env[value]; // as docker run --env NAME
    if (here === undefined)
        throw (0,usage/* usageError */.Wp)(`${rawName} names ${value}, which is not set here`, `Write ${rawName} ${value}=value.`);
    return `${value}=${here}`;
}
function unknownFlag(rawName) {
    const name = rawName.replace(/^--?/, '');
    const why = (0,inputs_flags/* whyNoFlag */.Ks)(name);
    if (why)
        return (0,usage/* usageError */.Wp)(`${rawName} is no flag`, `${why.charAt(0).toUpperCase()}${why.slice(1)}.`);
    const near = (0,names/* didYouMean */.a)(name, [...BY_NAME.keys(), ...OWN]);
    const meant = Object.hasOwn(MEANT, name) && MEANT[name];
    if (meant)
        return (0,usage/* usageError */.Wp)(`there is no flag ${rawName}`, meant);
    return (0,usage/* usageError */.Wp)(`there is no flag ${rawName}`, near && name.length > 1
        ? `Did you mean --${near}? See pypackager --help.`
        : 'See pypackager --help; flags of a command come after the command.');
}
function helpOf(verb) {
    return `See pypackager ${verb.name} --help.`;
}

;// CONCATENATED MODULE: ./lib/cli/help.js


const WIDEST = 38;
/** The help of the tool: how to begin, the verbs, where settings come from. */
function toolHelp() {
    return `${[
        'pypackager turns a Python or Django project into wheels and a lean Docker image.',
        section('Begin in the folder of your project:', [
            ['pypackager plan', 'what would be made, and why'],
            ['pypackager release', 'makes the image'],
            ['pypackager run -p 8000:8000', 'starts it'],
        ]),
        section('Verbs (pypackager <verb> --help tells more):', VERBS.map(({ name, usage, does }) => [`${name} ${usage.replace('[<flag>…] [--] ', '')}`.trimEnd(), does])),
        [
            'Settings come from flags, then the environment (PYPACKAGER_IMAGE_NAME and the like; also REPO_NS, REPO_VERSION,',
            'IMAGE_NAME, and with blanks between their items PORTS, VOLUMES and ENV_VARS), then [tool.pypackager] in',
            'pyproject.toml, where they have the names of the flags, then defaults. The first that is set counts, whole.',
            'What that table sets of this machine (volumes, ports, commands …) takes your word: you are asked once.',
        ].join('\n'),
        ...inputs_flags/* FLAG_GROUPS */.Y5.map(({ title, flags }) => section(`Flags: ${uncapital(title)}`, flags.map(flagRow), FLAG_WIDTH)),
        section('Flags of the tool:', [
            ['-h, --help', 'this help, or that of a verb'],
            ['-V, --version', "the tool's own version, if it stands alone"],
            ['--json', 'the result as JSON on stdout; all else goes to stderr'],
            ['--verbose', 'what docker says, too'],
            ['--write', 'of init and eject: writes without asking, over what is there'],
            ['--trust-project', 'follows what [tool.pypackager] sets of this machine, without asking'],
        ]),
        EXIT_CODES,
    ].join('\n\n')}\n`;
}
const EXIT_CODES = section('Exit codes:', [
    ['0', 'done'],
    ['1', 'failed: the last line says why, and what to do'],
    ['2', 'a wrong argument or setting'],
    ['75', 'the network, an index, a registry or the daemon failed: another try may do'],
    ['130', 'interrupted (143: terminated)'],
    ['other', 'of run, manage and build cmd: that of the command itself (125: Docker could not start it)'],
]);
/** The help of one verb. */
function verbHelp(verb) {
    const flags = verb.flags.flatMap((input) => inputs_flags/* FLAGS */.Wg.filter((flag) => flag.input === input));
    return `${[
        `pypackager ${[verb.name, verb.usage].filter(Boolean).join(' ')}`,
        [`${capital(verb.does)}.`, ...verb.more].flatMap(wrapped).join('\n'),
        section('Examples:', verb.examples.map(([line, does]) => [`pypackager ${line}`, does])),
        ...(flags.length > 0 ? [section('Flags that matter most here (pypackager --help shows all):', flags.map(flagRow))] : []),
    ].join('\n\n')}\n`;
}
/** Columns that groups of flags share. */
const FLAG_WIDTH = Math.max(...inputs_flags/* FLAGS */.Wg.map((flag) => shownFlag(flag).length));
/** A flag as it is typed. */
function shownFlag({ names, short, value }) {
    return `${short ? `-${short}, ` : ''}--${names[0]}${value === undefined ? '' : ` ${value}`}`;
}
function flagRow(flag) {
    return [shownFlag(flag), `${flag.means}${flag.repeatable ? '; may be given several times' : ''}`];
}
/** Rows in two columns; what is too long for the first one has a line of its own. @param least columns of the first one */
function section(title, rows, least = 0) {
    const width = Math.min(WIDEST, Math.max(least, ...rows.map(([left]) => left.length)));
    const lines = rows.map(([left, right]) => {
        if (!right)
            return `  ${left}`;
        return left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`;
    });
    return [title, ...lines].join('\n');
}
/** A paragraph in lines that fit a terminal. */
function wrapped(text) {
    return text
        .replace(/(.{1,108})(?: |$)/g, '$1\n')
        .trimEnd()
        .split('\n');
}
function uncapital(text) {
    return text.charAt(0).toLowerCase() + text.slice(1);
}
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

// EXTERNAL MODULE: ./lib/cli/laptop-words.js
var laptop_words = __webpack_require__(6028);
;// CONCATENATED MODULE: ./lib/cli/verbs/tool.js









/** The command line tool: reads what is asked for, does it, and is the only place that catches. @returns its exit code */
async function tool(around) {
    const { argv, env, stdout, stderr } = around;
    // Until the command line is read, it may be meant for a program.
    let json = argv.includes('--json');
    const error = (0,terminal_log/* terminalLog */.d)({ stream: stderr, verbose: false, env });
    const settings = new Map();
    try {
        const call = readArguments(argv, env);
        json = call.json;
        if (call.version)
            return print(stdout, `${await ownVersion(around.dist)}\n`);
        if (call.help || !call.verb)
            return print(stdout, call.verb ? verbHelp(call.verb) : toolHelp());
        if (call.verb.name === 'doctor')
            return await (await Promise.all(/* import() */[__webpack_require__.e(942), __webpack_require__.e(623), __webpack_require__.e(958), __webpack_require__.e(982)]).then(__webpack_require__.bind(__webpack_require__, 5982))).examineMachine(call, around);
        const { work } = await Promise.all(/* import() */[__webpack_require__.e(623), __webpack_require__.e(663), __webpack_require__.e(958), __webpack_require__.e(638)]).then(__webpack_require__.bind(__webpack_require__, 4638));
        return await work(call, around, settings);
    }
    catch (caught) {
        const details = (0,errors/* detailLines */.ZN)(caught);
        if (details.length > 0)
            error.foreign(details);
        for (const { line } of (0,errors/* errorLines */.S6)(withOrigin(caught, settings)))
            error.error(line);
        if (env.PYPACKAGER_DEBUG && caught instanceof Error && !(caught instanceof errors/* UserError */.yo))
            error.foreign((caught.stack ?? '').split('\n'));
        if (json)
            print(stdout, `${(0,log_line/* jsonText */.s)({ error: told(caught) })}\n`);
        return (0,usage/* exitCodeOf */.FO)(caught);
    }
}
/** The last word of a fault that nobody caught. */
function crashed(error, stream, env) {
    (0,terminal_log/* terminalLog */.d)({ stream, verbose: false, env }).error((0,errors/* errorLine */.BP)(error));
}
function told(error) {
    if (error instanceof errors/* UserError */.yo)
        return { kind: error.kind, step: error.step, cause: (0,laptop_words/* laptopWords */.w)(error.message), next: (0,laptop_words/* laptopWords */.w)(error.next) };
    return { kind: 'failed', step: 'pypackager', cause: (0,errors/* errorLine */.BP)(error), next: '' };
}
/** An error in the words of the command line. A wrong value is told with the place where it stands, unless that is the command line. */
function withOrigin(error, settings) {
    if (!(error instanceof errors/* UserError */.yo))
        return error;
    const told = (one) => {
        const step = (one.input && settings.get(one.input)?.from) || one.step;
        // What a wrong value is of has its place before it already, and from a flag its name.
        const value = step === `--${one.input}` && one.reason;
        const cause = value || (one.input ? (0,laptop_words/* inputsAsFlags */.f)(one.message) : (0,laptop_words/* laptopWords */.w)(one.message));
        return one.with({ step, cause, next: (0,laptop_words/* laptopWords */.w)(one.next) });
    };
    return told(error).with({ others: error.others.map(told) });
}
async function ownVersion(dist) {
    const text = await (0,promises_.readFile)(external_node_path_.join(dist, '../package.json'), 'utf8');
    return JSON.parse(text).version;
}
function print(stream, text) {
    stream.write(text);
    return usage.EXIT.done;
}


/***/ }),

/***/ 2696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ logLine),
/* harmony export */   s: () => (/* binding */ jsonText)
/* harmony export */ });
/**
 * The door of every text that leaves us: one line, which no runner reads as a command and no terminal obeys.
 *
 * What a runner obeys, by its own source (Runner.Common/ActionCommand.cs, Runner.Worker/ActionCommandManager.cs): a line
 * that begins with `::` after blanks, and `##[` anywhere in it. Lines end at \r, \n or both (StreamReader.ReadLine). It
 * looks for both by the rules of a culture, to which characters without a width or weight are as none: whatever is not
 * ASCII may stand between without a change. A line that passed here has neither form, so nothing has to be put between
 * `::stop-commands::` and its token: a pair around foreign lines would only add two lines and a state that can be left open.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function logLine(text) {
    return withoutCommands(cut(text.trimEnd()).replace(LINE_ENDS, ' ').replace(TERMINAL, '').replace(UNSEEN, ''));
}
/** Longest line that is shown, in characters. */
const LONGEST = 10_000;
const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;
/** What a terminal obeys: CSI sequences, and those that end with BEL or ST (titles, links, the clipboard). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const TERMINAL = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
/** Control and format characters (bidirectional ones too) but the tabulator, and halves of characters. */
const UNSEEN = /(?!\t)[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** A space where a runner's keyword would be, as a blank inside is a difference to every culture. */
function withoutCommands(line) {
    return line.replace(/^([^\x21-\x7e]*):(?=[^\x20-\x7e]*:)/, '$1: ').replace(OLD_FORM, '$1 [');
}
const OLD_FORM = /(#[^\x20-\x7e]*#[^\x20-\x7e]*)\[/g;
function cut(text) {
    return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length - LONGEST} characters more not shown)`;
}
/** JSON for a stream that a runner may read: the same value, in which no line is a command. */
function jsonText(value, indent) {
    return JSON.stringify(value, null, indent)
        .replace(OLD_FORM, '$1\\u005b')
        .replace(/[\p{Cf}\u007f-\u009f\u2028\u2029]/gu, escaped);
}
function escaped(text) {
    return text
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
}


/***/ }),

/***/ 2312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ terminalLog)
/* harmony export */ });
/* harmony import */ var _log_line_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2696);

const AS_IT_IS = { message: (text) => text, line: (text) => text };
const DRAW_MS = 120;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const STYLES = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 };
/**
 * The log of a terminal: colours, and a last line that tells what is at work; in a pipe the same lines as plain text.
 * @see https://no-color.org
 */
function terminalLog({ stream, verbose, env, words = AS_IT_IS }) {
    const live = stream.isTTY === true && env.TERM !== 'dumb' && !env.CI;
    const colour = env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stream.isTTY === true && env.TERM !== 'dumb';
    const style = (name, text) => (colour ? `\u001b[${STYLES[name]}m${text}\u001b[0m` : text);
    const dim = (text) => style('dim', text);
    const groups = [];
    let doing = '';
    let drawn = false;
    let timer;
    function draw() {
        const now = performance.now();
        const group = groups.at(-1);
        if (!group)
            return;
        const seconds = `${((now - group.since) / 1000).toFixed(0)} s`;
        const text = ` ${group.title} ${seconds}${doing ? `  ${doing}` : ''}`.slice(0, Math.max(20, (stream.columns || 80) - 2));
        stream.write(`\r\u001b[2K${style('cyan', SPINNER[Math.floor(now / DRAW_MS) % SPINNER.length] ?? '')}${style('dim', text)}`);
        drawn = true;
    }
    function clear() {
        if (drawn)
            stream.write('\r\u001b[2K');
        drawn = false;
    }
    /** @param dress adds what is ours: colours, and the word that a line begins with */
    function line(text, dress = (plain) => plain) {
        clear();
        stream.write(`${dress((0,_log_line_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .B)(text))}\n`);
        if (timer)
            draw();
    }
    return {
        mask: () => { }, // whoever reads this terminal typed them
        info: (text) => line(words.line(text)),
        foreign: (lines) => lines.forEach((text) => void line(text, dim)),
        notice: (text) => line(words.message(text), (plain) => `${style('cyan', 'note:')} ${plain}`),
        warning: (text) => line(words.message(text), (plain) => `${style('yellow', 'warning:')} ${plain}`),
        debug: (text) => verbose && line(text, dim),
        error: (text) => line(text, (plain) => `${style('red', 'error:')} ${plain}`),
        progress(text) {
            doing = (0,_log_line_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .B)(text);
        },
        async group(title, work) {
            line(title, (plain) => style('bold', plain));
            groups.push({ title: (0,_log_line_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .B)(title), since: performance.now() });
            if (live)
                timer ??= setInterval(draw, DRAW_MS);
            try {
                return await work();
            }
            finally {
                groups.pop();
                doing = '';
                if (groups.length === 0)
                    this.end();
            }
        },
        end() {
            clearInterval(timer);
            timer = undefined;
            clear();
        },
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

/***/ 646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fg: () => (/* binding */ chosenNames),
/* harmony export */   Ko: () => (/* binding */ readInputs),
/* harmony export */   Qh: () => (/* binding */ INPUT_NAMES),
/* harmony export */   lS: () => (/* binding */ inputsThat),
/* harmony export */   qR: () => (/* binding */ isGiven)
/* harmony export */ });
/* unused harmony export SECRET_INPUTS */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _inputs_readers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(625);
/* harmony import */ var _inputs_table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9778);



/** The names in action.yml. */
const INPUT_NAMES = Object.keys(_inputs_table_js__WEBPACK_IMPORTED_MODULE_2__/* .TABLE */ .Bt);
/** Inputs whose rows tell a fact, with their fields and what is told. */
function inputsThat(fact) {
    return INPUT_NAMES.flatMap((name) => {
        const told = _inputs_table_js__WEBPACK_IMPORTED_MODULE_2__/* .TABLE */ .Bt[name][fact];
        return told ? [{ name, field: fieldOf(name), told }] : [];
    });
}
/** Inputs that are never printed, and what of their texts is secret. */
const SECRET_INPUTS = inputsThat('secret').map(({ name, told }) => [name, told]);
/** Whether an input says something else than its default. */
function isGiven(inputs, name) {
    return JSON.stringify(inputs[fieldOf(name)]) !== JSON.stringify(readRow(name, ''));
}
/**
 * Reads and checks every input.
 * @param get gives the trimmed text of an input, '' where it is not set
 * @param found faults that are told with those found here
 * @param ofProject names whose texts the project's own table gives
 * @throws UserError naming the input, the value and the legal ones; with one for each further wrong value
 */
function readInputs(get, found = [], ofProject = []) {
    const faults = [...found];
    const read = INPUT_NAMES.flatMap((name) => {
        try {
            return [[fieldOf(name), readRow(name, get(name))]];
        }
        catch (error) {
            if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo))
                throw error;
            faults.push(error);
            return [];
        }
    });
    const wrong = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .together */ .bs)(faults);
    if (wrong)
        throw wrong;
    const { registry, extras, testExtras, ...values } = Object.fromEntries(read);
    return {
        ...values,
        registry: registry[0] ?? '',
        mirrors: registry.slice(1),
        extrasText: extras.text,
        extras: extras.extras,
        groups: extras.groups,
        testExtras: testExtras.extras,
        testGroups: testExtras.groups,
        ofProject,
    };
}
function readRow(name, text) {
    const row = _inputs_table_js__WEBPACK_IMPORTED_MODULE_2__/* .TABLE */ .Bt[name];
    return row.read(name, (row.verbatim ? text : (0,_inputs_readers_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseControls */ .dB)(name, text, row.secret !== undefined)) || (row.default ?? ''));
}
/** The field of an input in `Inputs`. */
function fieldOf(name) {
    return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}
/** Extras and groups as one list, as the user would write them. */
function chosenNames({ extras, groups }) {
    return [...extras, ...groups.map((name) => `${_inputs_readers_js__WEBPACK_IMPORTED_MODULE_1__/* .GROUP */ .UP}${name}`)];
}


/***/ }),

/***/ 1634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ks: () => (/* binding */ whyNoFlag),
/* harmony export */   VQ: () => (/* binding */ FILE_SETTINGS),
/* harmony export */   Wg: () => (/* binding */ FLAGS),
/* harmony export */   Y5: () => (/* binding */ FLAG_GROUPS),
/* harmony export */   yy: () => (/* binding */ SETTINGS)
/* harmony export */ });
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(646);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9778);


const ROWS = _table_js__WEBPACK_IMPORTED_MODULE_1__/* .TABLE */ .Bt;
/** Why an input is no flag; undefined for those that are. */
function whyNoFlag(input) {
    return ROWS[input]?.noFlag;
}
/** Inputs that the tool takes, from wherever. */
const SETTINGS = _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .INPUT_NAMES */ .Qh.filter((name) => !ROWS[name]?.ofWorkflows);
/** Inputs that the table in pyproject.toml takes: no secrets, and not what says where that file is. */
const FILE_SETTINGS = _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .INPUT_NAMES */ .Qh.filter((name) => ROWS[name]?.table !== undefined);
/** Settings that have a flag, as they stand together in the help. */
const FLAG_GROUPS = _table_js__WEBPACK_IMPORTED_MODULE_1__/* .GROUPS */ .fd.map(({ title, rows }) => ({
    title,
    flags: Object.entries(rows).flatMap(([input, { flag }]) => (flag ? [{ names: [input], ...flag, input }] : [])),
}));
const FLAGS = FLAG_GROUPS.flatMap(({ flags }) => flags);


/***/ }),

/***/ 772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IN: () => (/* binding */ lineSecrets),
/* harmony export */   JF: () => (/* binding */ masksOf),
/* harmony export */   Y9: () => (/* binding */ addressSecrets),
/* harmony export */   cN: () => (/* binding */ netrcSecrets),
/* harmony export */   r0: () => (/* binding */ wholeText)
/* harmony export */ });
/* harmony import */ var _project_tools_netrc_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1197);
/* harmony import */ var _text_addresses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6763);


/** The runner masks exact texts alone: every form of a secret that a program may print is named to it. */
function masksOf(secret) {
    if (secret.length < SHORTEST)
        return [];
    const forms = [secret, (0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(secret)].flatMap((text) => [
        text,
        ...text.split('\n').map((line) => line.trim()),
        Buffer.from(text).toString('base64'),
        encodeURIComponent(text),
    ]);
    return [...new Set(forms)].filter((form) => form.length >= SHORTEST);
}
/** Anything shorter would mask half of the log. */
const SHORTEST = 4;
/** A text that is one secret. */
function wholeText(text) {
    return [text];
}
/**
 * The secrets in addresses of indexes or proxies, separated by blanks: of an address only the password is
 * one. A user name without a password is a token.
 */
function addressSecrets(text) {
    return text.split(/\s+/).flatMap((word) => {
        // A proxy may be written without http://; an index of uv's as name=https://…
        const scheme = word.indexOf('://');
        const before = /[a-z][a-z0-9+.-]*$/i.exec(word.slice(Math.max(0, scheme - 20), Math.max(0, scheme)))?.[0];
        const address = before === undefined ? `http://${word}` : before + word.slice(scheme);
        if (!URL.canParse(address))
            return [];
        const { username, password } = new URL(address);
        return password ? [password, `${(0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(username)}:${(0,_text_addresses_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(password)}`] : [username];
    });
}
/** The secrets in lines of `ID=value`: the values, not their ids. */
function lineSecrets(text) {
    return text
        .split('\n')
        .map((line) => line.slice(line.indexOf('=') + 1).trim())
        .filter(Boolean);
}
/** The secrets in netrc text: the whole, and each password. Text that is none is one secret. */
function netrcSecrets(text) {
    try {
        return [text, ...(0,_project_tools_netrc_js__WEBPACK_IMPORTED_MODULE_0__/* .readNetrc */ .f)(text).flatMap(({ login, password }) => [password, `${login}:${password}`])];
    }
    catch {
        return [text];
    }
}


/***/ }),

/***/ 985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G5: () => (/* binding */ command),
/* harmony export */   Oh: () => (/* binding */ port),
/* harmony export */   UK: () => (/* binding */ readCommand),
/* harmony export */   j3: () => (/* binding */ healthcheck)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _readers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(625);


// Inputs that say how programs in the image are started and asked.
/**
 * A start command: a JSON list of words, or a line of a shell.
 * @throws UserError for a list that is none
 */
function readCommand(input, text) {
    if (!text.startsWith('['))
        return text;
    try {
        const words = JSON.parse(text);
        if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string') && words[0] !== '')
            return words;
    }
    catch { }
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `${input} begins like a JSON list and is none: ${text.slice(0, 60)}`, {
        next: 'Write it as ["gunicorn", "shop.web:app"], or as a line of a shell.',
        input,
    });
}
/** A start command, checked. */
const command = (input, value) => {
    readCommand(input, value);
    return value;
};
/** How Docker asks whether the application is well; what Docker's own HEALTHCHECK takes, and we do not, is refused. */
const healthcheck = (input, value) => {
    const legal = 'tcp, a path such as /health, or a command as a line of a shell';
    const isWord = /^(tcp|https?|none|cmd|cmd-shell|\d+)$/i.test(value) && value !== 'tcp';
    if (isWord || /^https?:\/\//i.test(value) || /^(\[|CMD(-SHELL)?\s|HEALTHCHECK\s)/.test(value))
        throw (0,_readers_js__WEBPACK_IMPORTED_MODULE_1__/* .wrong */ .Qm)(input, value, legal);
    return value;
};
const LAST_PORT = 65_535;
/** Read from its start: a search from every digit of a long text takes minutes. */
const PORT = /^(?:(?:\[?[0-9a-f.:]+\]?:)?(?<host>\d*):(?<first>\d+-)?)?(?<port>\d+)(?:\/(?:tcp|udp))?$/;
/** A port as Docker publishes it. */
const port = (input, value) => {
    const { host = '', first = '', port } = PORT.exec(value)?.groups ?? {};
    const numbers = [host, first.slice(0, -1), port].filter((number) => number !== '');
    if (numbers.every((number) => Number(number) <= LAST_PORT && Number(number) > 0))
        return value;
    throw (0,_readers_js__WEBPACK_IMPORTED_MODULE_1__/* .wrong */ .Qm)(input, value, 'lines of host:container, such as 8000:8000');
};


/***/ }),

/***/ 625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CH: () => (/* binding */ buildArgs),
/* harmony export */   Dx: () => (/* binding */ linesOf),
/* harmony export */   Fy: () => (/* binding */ textLines),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   Lm: () => (/* binding */ yesNo),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   NJ: () => (/* binding */ file),
/* harmony export */   NR: () => (/* binding */ signingKey),
/* harmony export */   Nt: () => (/* binding */ addresses),
/* harmony export */   O3: () => (/* binding */ secrets),
/* harmony export */   Q4: () => (/* binding */ extras),
/* harmony export */   Qm: () => (/* binding */ wrong),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   SD: () => (/* binding */ ruleLines),
/* harmony export */   Sl: () => (/* binding */ image),
/* harmony export */   T1: () => (/* binding */ pattern),
/* harmony export */   Tn: () => (/* binding */ pythonVersion),
/* harmony export */   UP: () => (/* binding */ GROUP),
/* harmony export */   WD: () => (/* binding */ labels),
/* harmony export */   Z8: () => (/* binding */ debianPackages),
/* harmony export */   aS: () => (/* binding */ requirement),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   cA: () => (/* binding */ environment),
/* harmony export */   dB: () => (/* binding */ refuseControls),
/* harmony export */   ei: () => (/* binding */ suffix),
/* harmony export */   hl: () => (/* binding */ address),
/* harmony export */   iZ: () => (/* binding */ relativePath),
/* harmony export */   kQ: () => (/* binding */ user),
/* harmony export */   n$: () => (/* binding */ moment),
/* harmony export */   p8: () => (/* binding */ manageLines),
/* harmony export */   pD: () => (/* binding */ volume),
/* harmony export */   v6: () => (/* binding */ writablePaths),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   z3: () => (/* binding */ credentials)
/* harmony export */ });
/* unused harmony export list */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _project_names_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3669);
/* harmony import */ var _project_requirements_requirement_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(401);
/* harmony import */ var _project_tools_netrc_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1197);
/* harmony import */ var _text_words_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8810);
/* harmony import */ var _shell_words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4055);
/* harmony import */ var _system_folders_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3764);
/* harmony import */ var _volume_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7695);









// How the text of one input is read.
/** One value a line, blanks around it dropped. */
function lines(text) {
    return text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
}
/** Newline-separated, comma too. */
function list(text) {
    return text
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter(Boolean);
}
/** Text as it is. */
const text = (_input, value) => value;
function oneOf(...legal) {
    return (input, value) => {
        const found = legal.find((candidate) => candidate === value);
        if (found !== undefined)
            return found;
        const near = (0,_project_names_js__WEBPACK_IMPORTED_MODULE_8__/* .didYouMean */ .a)(value, legal);
        throw wrong(input, value, `one of ${legal.join(', ')}${near ? ` (did you mean ${near}?)` : ''}`);
    };
}
/** As YAML 1.2 has them. @see https://yaml.org/spec/1.2.2/#1032-tag-resolution */
const yesNo = (input, value) => {
    if (/^(true|True|TRUE)$/.test(value))
        return true;
    if (/^(false|False|FALSE)$/.test(value))
        return false;
    throw wrong(input, value, 'one of true, false');
};
/** What is not given fits too. */
function pattern(legal, words) {
    return (input, value) => {
        if (value === '' || legal.test(value))
            return value;
        throw wrong(input, value, words);
    };
}
const image = pattern(/^[A-Za-z0-9][\w.:/@-]*$/, 'an image reference such as python:3.13-slim');
const suffix = pattern(/^[\w.-]{1,64}$/, 'letters, digits, . _ and - (64 at most)');
const user = pattern(/^(root|\d{1,9}(:\d{1,9})?)$/, 'a uid such as 10001, uid:gid, or root');
const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/;
/** A date or moment that there is (RFC 3339). */
const moment = (input, value) => {
    const is = value === '' || (MOMENT.test(value) && new Date(value.slice(0, 10)).toJSON()?.startsWith(value.slice(0, 10)));
    if (is && !Number.isNaN(Date.parse(value || '2026-01-31')))
        return value;
    throw wrong(input, value, 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z');
};
/** One value a line. */
function linesOf(read) {
    return (input, value) => {
        refuseQuotedList(input, value);
        return lines(value).map((line) => read(input, line));
    };
}
const textLines = linesOf(text);
/** Lines of which some are comments, as docker/metadata-action has them. */
const ruleLines = (input, value) => textLines(input, value).filter((line) => !line.startsWith('#'));
/** One value a line, or several with commas. */
function listOf(read) {
    return (input, value) => {
        refuseQuotedList(input, value);
        return list(value).map((item) => read(input, item));
    };
}
/** `["a", "b"]` in quotes is a text to YAML: it would be one value, brackets and all. */
function refuseQuotedList(input, value) {
    if (!/^\[(["']).*\1\s*,?\]$/s.test(value.trim()))
        return;
    throw wrong(input, value, 'written without brackets and quotes, one value a line');
}
/** @throws UserError for what is no version; 3.1 is what YAML makes of 3.10 without quotes */
const pythonVersion = (input, value) => {
    if (value === '3.1') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('inputs', `${input} is "3.1", which is what YAML makes of 3.10`, {
            next: `Write it in quotes: ${input}: '3.10'`,
            input,
        });
    }
    return pattern(/^3\.\d{1,2}$/, 'a version such as 3.13')(input, value);
};
/** An index; it may hold a password, so it is not repeated. */
function address(input, value) {
    if (value === '' || (/^https?:\/\/\S+$/.test(value) && URL.canParse(value)))
        return value;
    throw wrong(input, '…', 'an http or https address');
}
/** Addresses with blanks or line ends between them. */
function addresses(input, value) {
    return value
        .split(/\s+/)
        .filter(Boolean)
        .map((url) => address(input, url));
}
function credentials(_input, text) {
    (0,_project_tools_netrc_js__WEBPACK_IMPORTED_MODULE_3__/* .readNetrc */ .f)(text);
    return text;
}
/** Bytes that Linux takes for a name (NAME_MAX), and what of PATH_MAX is left to names of ours and the workspace. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 1024;
/** Inside the workspace: what is above belongs to others. */
function relativePath(input, value) {
    const parts = value.split('/').filter((part) => part !== '' && part !== '.');
    if (value.startsWith('/') || parts.includes('..'))
        throw wrong(input, value, 'a folder below the workspace, as a relative path');
    const tooLong = Buffer.byteLength(value) > LONGEST_PATH || parts.some((part) => Buffer.byteLength(part) > LONGEST_NAME);
    if (tooLong)
        throw wrong(input, value, `a path of at most ${LONGEST_PATH} bytes, ${LONGEST_NAME} for each name`);
    return parts.join('/') || '.';
}
/** A folder of its own: what does not belong to the wheelhouse is removed from it. */
function below(input, value) {
    const folder = relativePath(input, value);
    if (folder === '.')
        throw wrong(input, value, 'a folder of its own below path, such as wheelhouse');
    return folder;
}
const GROUP = 'group:';
/** Extras, and dependency groups where a name begins with `group:`; each normalised (PEP 685, PEP 735). */
function extras(input, text) {
    const wanted = [...new Set(listOf(extra)(input, text))];
    return {
        text,
        extras: wanted.filter((name) => !name.startsWith(GROUP)),
        groups: wanted.filter((name) => name.startsWith(GROUP)).map((name) => name.slice(GROUP.length)),
    };
}
function extra(input, text) {
    const group = text.startsWith(GROUP);
    const name = group ? text.slice(GROUP.length).trim() : text;
    if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
        throw wrong(input, text, 'names of extras (and group:NAME for dependency groups), one a line or separated by commas');
    }
    return `${group ? GROUP : ''}${(0,_project_names_js__WEBPACK_IMPORTED_MODULE_8__/* .normalizeName */ .P)(name)}`;
}
function debianPackages(input, text) {
    const names = text.split(/[\s,]+/).filter(Boolean);
    const odd = names.find((name) => !/^[a-z0-9][a-z0-9+.-]+$/.test(name));
    if (odd !== undefined)
        throw wrong(input, odd, 'names of Debian packages');
    return [...new Set(names)].sort();
}
function environment(input, text) {
    return pairs(input, text, { legal: /^[A-Za-z_][A-Za-z0-9_]*$/ });
}
/** Build secrets by their ids. */
function secrets(input, text) {
    return pairs(input, text, { legal: /^[A-Za-z0-9][\w.-]*$/, secret: true });
}
/** Build arguments of the user; those that we give are ours. */
function buildArgs(input, text) {
    const all = environment(input, text);
    const ours = Object.keys(all).find((name) => OUR_ARGUMENTS.includes(name));
    if (ours)
        throw wrong(input, ours, `a name of your own: ${OUR_ARGUMENTS.join(', ')} are given by pypackager`);
    return all;
}
const OUR_ARGUMENTS = ['PARENT_IMAGE', 'BASE_IMAGE', 'BUILDER_IMAGE', 'PACKAGE', 'RUNTIME_PACKAGES'];
/** A package of an index, as `gunicorn>=22`; folders and addresses are the project's own to name. */
function requirement(input, line) {
    const legal = 'lines of package names with versions, such as gunicorn or gunicorn>=22,<24';
    try {
        if ((0,_project_requirements_requirement_js__WEBPACK_IMPORTED_MODULE_2__/* .readRequirement */ .M)(line).url === undefined && !/[#'"\\]/.test(line.split(';')[0] ?? ''))
            return line;
    }
    catch { }
    throw wrong(input, line, legal);
}
/** Lines of `NAME=value`. */
function pairs(input, text, { legal, secret = false }) {
    return Object.fromEntries(lines(text).map((line) => {
        const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(line) ?? [];
        if (!legal.test(name))
            throw wrong(input, secret ? '…' : line, 'lines of the form NAME=value');
        return [name, value];
    }));
}
/** A file below the project, '' for none. */
function file(input, value) {
    return value && relativePath(input, value);
}
/** A folder, file or named volume as `host:container[:mode]`, checked. */
function volume(_input, line) {
    (0,_volume_js__WEBPACK_IMPORTED_MODULE_7__/* .readVolume */ .jg)(line);
    return line;
}
/** Lines for manage.py; those without a word, such as `''`, are dropped. */
function manageLines(input, value) {
    return textLines(input, value).filter((line) => (0,_shell_words_js__WEBPACK_IMPORTED_MODULE_5__/* .splitWords */ .y)(input, line).length > 0);
}
/** Image labels; those below `io.pypackager.` are facts, by which images are found. */
function labels(input, text) {
    const all = pairs(input, text, { legal: /^[a-zA-Z0-9][\w./-]*$/ });
    const ours = Object.keys(all).find((name) => name.startsWith('io.pypackager.'));
    if (ours)
        throw wrong(input, ours, 'a label outside io.pypackager, which are ours');
    return all;
}
/** Whoever can read the cache can try keys against a signature, without anybody noticing: a short one is soon found. */
function signingKey(input, value) {
    if (value === '' || value.length >= 32)
        return value;
    throw wrong(input, '…', '32 characters at least, such as `openssl rand -hex 32` makes');
}
/** NUL ends an argument early, and other control characters have no business in any input. */
function refuseControls(input, value, secret) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/.test(value))
        throw wrong(input, secret ? '…' : value.replace(/[^\x20-\x7e]/g, '?'), 'text without control characters');
    return value.replaceAll('\r\n', '\n');
}
/** Each once. */
function writablePaths(input, value) {
    return [...new Set(linesOf(writablePath)(input, value))];
}
/** A path in the image, relative to /app or absolute, as an absolute one. The system's folders stay root's. */
function writablePath(input, value) {
    const wanted = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve('/app', value);
    if (!/^[\w./@+-]+$/.test(wanted) || _system_folders_js__WEBPACK_IMPORTED_MODULE_6__/* .OF_SYSTEM */ .m.test(wanted)) {
        throw wrong(input, value, 'lines of paths in the image, relative to /app or absolute, and no folder of the system');
    }
    return wanted;
}
function wrong(input, value, legal) {
    const reason = `"${(0,_text_words_js__WEBPACK_IMPORTED_MODULE_4__/* .shorten */ .ml)(value, 61)}"`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('inputs', `${input} is ${reason}`, { next: `It must be ${legal}.`, input, reason });
}


/***/ }),

/***/ 4055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ splitWords)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/**
 * The words of a line as a shell reads them: quotes and backslashes count, nothing is expanded.
 * @throws UserError where a quote is left open
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
function splitWords(input, line) {
    const words = [];
    let rest = line.trim();
    while (rest !== '') {
        const word = WORD.exec(rest)?.[0] ?? '';
        rest = rest.slice(word.length);
        if (/^\S/.test(rest))
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `${input} has a line with an open quote: ${line}`, { next: 'Close it, or put \\ before it.', input });
        words.push(unquote(word));
        rest = rest.trimStart();
    }
    return words;
}
const WORD = /^(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/s;
function unquote(word) {
    return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (...[, single, double, escaped]) => {
        if (single !== undefined)
            return single;
        return double === undefined ? (escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1');
    });
}


/***/ }),

/***/ 3764:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ OF_SYSTEM)
/* harmony export */ });
/**
 * Folders of an image that never become its user's: those of programs, libraries and settings with all below them, the virtual environment's,
 * and those in which others have theirs. The input `writable` and the trial (`stages/install/places.py`) go by it alone,
 * so it is written as JavaScript and Python read it alike.
 */
const OF_SYSTEM = new RegExp([
    '^/(s?bin|lib(32|64|x32)?|boot|dev|etc|proc|root|sys|appenv/bin)(/|$)',
    '^/usr/(local/)?(s?bin|lib(32|64|x32|exec)?)(/|$)',
    '^/(home|media|mnt|opt|run|srv|tmp|usr|usr/local|var|appenv|appenv/lib(/python[0-9.]+t?(/site-packages)?)?)?$',
].join('|'));


/***/ }),

/***/ 9778:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fd: () => (/* binding */ GROUPS),
  Bt: () => (/* binding */ TABLE)
});

// UNUSED EXPORTS: TARGETS

// EXTERNAL MODULE: ./lib/inputs/masks.js
var masks = __webpack_require__(772);
// EXTERNAL MODULE: ./lib/inputs/program.js
var program = __webpack_require__(985);
// EXTERNAL MODULE: ./lib/inputs/readers.js
var readers = __webpack_require__(625);
;// CONCATENATED MODULE: ./lib/inputs/row.js
/** Rows of which all tell the same, but those that say otherwise. */
function each(told, rows) {
    return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { ...told, ...row }]));
}
/** A flag with a value, such as `HOST`. */
function flag(value, means, more = {}) {
    return { flag: { value, means, ...more } };
}
/** A flag without a value: `--no-NAME` is its opposite. */
function switchFlag(means) {
    return { flag: { value: undefined, means } };
}
function ofWorkflows(why = 'it is of workflows alone') {
    return { noFlag: why, ofWorkflows: true };
}
/** Of the environment alone: a list of processes shows every command line. */
function ofEnvironment(variable) {
    return { noFlag: `set ${variable}, where no list of processes shows it` };
}
/** The table's say takes the user's word. */
function asked(over) {
    return { table: { needsWord: true, over } };
}
/** The table decides over nothing but the image, its wheels and their names. */
function harmless(over) {
    return { table: { needsWord: false, over } };
}
/** Harmless on a laptop, where it is shown before a push. */
function whereTo(over) {
    return { table: { needsWord: false, over, whereTo: true } };
}

;// CONCATENATED MODULE: ./lib/inputs/table.js




// Every input, once: how it is read, what stands for nothing, who may set it, and how. action.yml describes them in this order.
const TARGETS = ['plan', 'base', 'builder', 'wheels', 'test', 'dev', 'release'];
const OF_COMMANDS = 'commands with the network, and with what volumes, env and ports give them';
const OF_IMAGES = 'the image that all is made in, logins of indexes in use';
const OF_BUILDS = 'a build with the network and the secrets';
const OF_INDEXES = 'as [[tool.uv.index]] of the same file; a login goes to its host alone';
const USUAL = each({ beside: true }, {
    path: { read: readers/* relativePath */.iZ, default: '.', leg: 'name', ...flag('FOLDER', 'the project') },
    extras: {
        read: readers/* extras */.Q4,
        beside: false,
        leg: 1,
        ...flag('NAMES', 'extras that are installed in the release'),
        ...harmless('what is installed'),
    },
    'python-version': {
        read: readers/* pythonVersion */.Tn,
        beside: false,
        leg: 2,
        ...flag('X.Y', "Python's version"),
        ...harmless("Docker's own python images"),
    },
    namespace: {
        read: readers/* text */.Qq,
        leg: 'name',
        ...flag('NAME', "organisation part of the image's name"),
        ...whereTo('a name; what is pushed is shown, and goes to the registry of the user'),
    },
    'image-name': { read: readers/* text */.Qq, leg: 'name', ...flag('NAME', "application part of the image's name"), ...harmless('a name') },
    version: { read: readers/* text */.Qq, leg: 'name', ...flag('TAG', "the image's tag"), ...whereTo('a name') },
    // The first of them is pushed to; the others, each with or without a namespace of its own, get the same image.
    registry: { read: readers/* textLines */.Fy, leg: 'name', ...flag('HOST', 'such as ghcr.io'), ...asked('where PYPACKAGER_PASSWORD goes') },
    username: { read: readers/* text */.Qq, ...flag('NAME', "the registry's user"), ...asked('whose password goes to the registry') },
    password: { read: readers/* text */.Qq, verbatim: true, secret: masks/* wholeText */.r0, ...ofEnvironment('PYPACKAGER_PASSWORD') },
    push: { read: readers/* yesNo */.Lm, default: 'false', ...ofWorkflows('the verb push does it') },
});
const PROJECT = {
    requirements: {
        read: readers/* listOf */.c3(readers/* relativePath */.iZ),
        leg: 14,
        ...flag('FILES', 'requirements files that define the dependencies'),
        ...harmless('files of the project'),
    },
    packages: {
        read: readers/* linesOf */.Dx(readers/* requirement */.aS),
        leg: 15,
        ...flag('REQUIREMENT', 'a package that the release gets too, such as gunicorn', { names: ['package', 'packages'], repeatable: true }),
        ...harmless('what is installed'),
    },
    wheel: {
        read: readers/* oneOf */.yL('auto', 'never'),
        default: 'auto',
        ...flag('WHEN', 'auto, or never: the source is taken as it is'),
        ...harmless('whether the image holds a wheel or the source'),
    },
    'set-version': {
        read: readers/* yesNo */.Lm,
        default: 'false',
        beside: true,
        ...switchFlag("the project's wheel gets the version of the tag too"),
        ...harmless('the version of the wheel'),
    },
};
const INDEXES = each({ beside: true }, {
    'exclude-newer': {
        read: readers/* moment */.n$,
        leg: 10,
        ...flag('DATE', 'nothing that was released later is installed'),
        ...harmless('what is installed'),
    },
    'index-url': { read: readers/* address */.hl, secret: masks/* addressSecrets */.Y9, ...flag('URL', 'the package index'), ...harmless(OF_INDEXES) },
    'extra-index-urls': {
        read: readers/* addresses */.Nt,
        secret: masks/* addressSecrets */.Y9,
        ...flag('URLS', 'further package indexes, asked before it'),
        ...harmless(OF_INDEXES),
    },
    'index-credentials': { read: readers/* credentials */.z3, secret: masks/* netrcSecrets */.cN, ...ofEnvironment('PYPACKAGER_INDEX_CREDENTIALS') },
    'ca-bundle': {
        read: readers/* text */.Qq,
        ...flag('FILE', 'certificate authorities to trust'),
        ...asked('who may answer for indexes and registries'),
    },
});
const GENERATED = each({ generated: true }, {
    command: {
        read: program/* command */.G5,
        leg: 11,
        ...flag('LINE', 'the start command'),
        ...harmless('starts in the image when the user starts it, and in its checks without mounts'),
    },
    user: { read: readers/* user */.kQ, default: '10001', leg: 12, ...flag('UID', 'whom the release runs as'), ...harmless('whom the image runs as') },
    writable: {
        read: readers/* writablePaths */.v6,
        ...flag('PATHS', 'what the user of the release may write to'),
        ...harmless('owners of folders of the image'),
    },
    'image-env': { read: readers/* environment */.cA, ...flag('NAME=VALUE', "the release's environment"), ...harmless('the environment of the image') },
    healthcheck: { read: program/* healthcheck */.j3, leg: 13, ...flag('HOW', 'tcp, a path, or a command'), ...harmless('as command') },
    'runtime-packages': {
        read: readers/* debianPackages */.Z8,
        leg: 17,
        ...flag('NAMES', 'Debian packages for the release'),
        ...harmless("Debian's packages, in the image"),
    },
    bytecode: {
        read: readers/* oneOf */.yL('used', 'all', 'none'),
        default: 'used',
        ...flag('WHICH', 'used, all or none'),
        ...harmless('files of the image'),
    },
    collectstatic: {
        read: readers/* oneOf */.yL('auto', 'always', 'never'),
        default: 'auto',
        ...flag('WHEN', 'auto, always or never'),
        ...harmless('files of the image'),
    },
});
const RELEASE = {
    ...GENERATED,
    'parent-image': { read: readers/* image */.Sl, leg: 4, ...flag('IMAGE', 'what the base image is made from'), ...asked(OF_IMAGES) },
    updates: {
        read: readers/* oneOf */.yL('none', 'security'),
        default: 'none',
        ...flag('WHICH', 'security: base gets the security updates of Debian above its parent'),
        ...harmless("Debian's packages, in the image"),
    },
    platform: {
        read: readers/* pattern */.T1(/^linux\/[a-z0-9]+(\/v\d+)?$/, 'a platform such as linux/amd64'),
        leg: 3,
        ...flag('PLATFORM', 'such as linux/arm64'),
        ...harmless('the kind of image'),
    },
};
const COMPILING = {
    'build-packages': {
        read: readers/* debianPackages */.Z8,
        leg: 16,
        ...flag('NAMES', 'Debian packages that compiling needs'),
        ...harmless("Debian's packages, in the builder"),
    },
    'build-command': {
        read: readers/* textLines */.Fy,
        ...flag('LINE', 'runs in the builder before the wheel of the project is built'),
        ...asked('commands with the network and the secrets'),
    },
    'build-network': {
        read: readers/* pattern */.T1(/^(host|default)$/, 'host or default'),
        beside: true,
        ...flag('WHICH', 'host where builds must use the network of the host'),
        ...asked('the network of this machine, for what is built'),
    },
};
const OWN_IMAGES = {
    'base-image': { read: readers/* image */.Sl, leg: 5, ...flag('IMAGE', 'a ready base image'), ...asked(OF_IMAGES) },
    'builder-image': { read: readers/* image */.Sl, leg: 6, ...flag('IMAGE', 'a ready builder image'), ...asked('the image that all is compiled in') },
    'base-dockerfile': { read: readers/* file */.NJ, leg: 7, ...flag('FILE', 'a custom Dockerfile for the base image'), ...asked(OF_BUILDS) },
    'builder-dockerfile': { read: readers/* file */.NJ, leg: 8, ...flag('FILE', 'a custom Dockerfile for the builder image'), ...asked(OF_BUILDS) },
    dockerfile: { read: readers/* file */.NJ, leg: 9, ...flag('FILE', 'a custom Dockerfile for the release'), ...asked(OF_BUILDS) },
    'build-args': {
        read: readers/* buildArgs */.CH,
        ...flag('NAME=VALUE', 'a build argument for custom Dockerfiles', { names: ['build-arg', 'build-args'], repeatable: true }),
        ...asked(OF_BUILDS),
    },
    secrets: { read: readers/* secrets */.O3, secret: masks/* lineSecrets */.IN, beside: true, ...ofEnvironment('PYPACKAGER_SECRETS') },
};
const PROOF = each({ beside: true }, {
    checks: {
        read: readers/* oneOf */.yL('error', 'strict', 'warn', 'off'),
        default: 'error',
        ...flag('WHAT', 'error, strict, warn or off: what becomes of an image that fails the checks'),
        ...harmless('what becomes of the image'),
    },
    'test-extras': { read: readers/* extras */.Q4, ...flag('NAMES', 'extras of the test image'), ...harmless('what is installed') },
    'test-command': {
        read: readers/* textLines */.Fy,
        ...flag('LINE', 'what must pass in the test image'),
        ...asked('commands with the network and env'),
    },
    run: { read: readers/* textLines */.Fy, ...flag('LINE', 'runs in the release before it is pushed'), ...asked(OF_COMMANDS) },
    manage: {
        read: readers/* manageLines */.p8,
        ...flag('LINE', 'a command of manage.py that runs in the release before it is pushed'),
        ...asked(OF_COMMANDS),
    },
    env: {
        read: readers/* environment */.cA,
        ...flag('NAME=VALUE', 'an environment value for commands', { short: 'e', repeatable: true }),
        ...asked('what commands are told, and which services they reach'),
    },
    ports: {
        read: readers/* linesOf */.Dx(program/* port */.Oh),
        ...flag('HOST:CONTAINER', 'a port for commands', { names: ['port', 'ports'], short: 'p', repeatable: true }),
        ...asked('ports of this machine'),
    },
    volumes: {
        read: readers/* linesOf */.Dx(readers/* volume */.pD),
        ...flag('HOST:CONTAINER', 'a volume for commands', { names: ['volume', 'volumes'], short: 'v', repeatable: true }),
        ...asked('folders of the project that commands may write to, and volumes that Docker keeps'),
    },
    network: {
        read: readers/* pattern */.T1(/^[A-Za-z0-9][\w.:-]*$/, 'the name of a Docker network, such as host'),
        ...flag('NAME', 'the Docker network that commands join'),
        ...asked("Docker's networks of this machine, its own among them"),
    },
});
const PUBLISHING = each({ beside: true }, {
    tags: { read: readers/* ruleLines */.SD, leg: 'name', ...flag('TAGS', 'plain tags or rules'), ...whereTo('names') },
    flavor: { read: readers/* ruleLines */.SD, leg: 'name', ...flag('RULES', 'what is said of all tags at once'), ...whereTo('names') },
    'tag-suffix': { read: readers/* suffix */.ei, ...flag('TEXT', 'what every tag ends in'), ...whereTo('a name') },
    labels: { read: readers/* labels */.WD, beside: false, ...flag('NAME=VALUE', 'labels of the image'), ...harmless('labels of the image') },
    sbom: {
        read: readers/* yesNo */.Lm,
        default: 'true',
        ...switchFlag('writes a list of all that is in the image (--no-sbom: does not)'),
        ...harmless('a file in the wheelhouse'),
    },
    attest: {
        read: readers/* yesNo */.Lm,
        default: 'false',
        ...switchFlag('SBOM and provenance are pushed beside the image, as its referrers'),
        ...harmless('what is pushed beside the image'),
    },
    'github-token': { read: readers/* text */.Qq, secret: masks/* wholeText */.r0, ...ofEnvironment('PYPACKAGER_GITHUB_TOKEN') },
});
const RUN = each({ beside: true }, {
    target: { read: readers/* oneOf */.yL(...TARGETS), default: 'release', ...ofWorkflows('the verb says it') },
    timeout: {
        read: readers/* pattern */.T1(/^(?=.*[1-9])\d{1,4}(\.\d+)?$/, 'minutes for each step, such as 30'),
        ...flag('MINUTES', 'after which a step is stopped'),
        ...harmless('how long a step may take, which is shown while it is at work'),
    },
    wheelhouse: {
        read: readers/* below */.Gz,
        default: 'wheelhouse',
        ...flag('FOLDER', 'where the wheels and the lock are'),
        ...harmless('a folder of its own below the project'),
    },
    'no-cache': {
        read: readers/* yesNo */.Lm,
        default: 'false',
        ...switchFlag('nothing that was resolved, compiled or built before is used'),
        ...harmless('how long it takes'),
    },
    cache: { read: readers/* oneOf */.yL('auto', 'always', 'never'), default: 'auto', ...ofWorkflows() },
    'cache-suffix': { read: readers/* suffix */.ei, ...ofWorkflows() },
    'cache-signing-key': { read: readers/* signingKey */.NR, verbatim: true, secret: masks/* wholeText */.r0, ...ofWorkflows() },
    matrix: { read: readers/* text */.Qq, verbatim: true, ...ofWorkflows() },
});
const TABLE = {
    ...USUAL,
    ...PROJECT,
    ...INDEXES,
    ...RELEASE,
    ...COMPILING,
    ...OWN_IMAGES,
    ...PROOF,
    ...PUBLISHING,
    ...RUN,
};
/** Inputs as they stand together, in action.yml and wherever they are told. */
const GROUPS = [
    { title: 'The usual ones', rows: USUAL },
    { title: 'The project', rows: PROJECT },
    { title: 'Where packages come from', rows: INDEXES },
    { title: 'The release image', rows: RELEASE },
    { title: 'Compiling', rows: COMPILING },
    { title: 'Custom images and Dockerfiles', rows: OWN_IMAGES },
    { title: 'Checks, tests and commands before the push', rows: PROOF },
    { title: 'Tags and what is published', rows: PUBLISHING },
    { title: 'The run', rows: RUN },
];


/***/ }),

/***/ 7695:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HU: () => (/* binding */ runsAs),
/* harmony export */   PG: () => (/* binding */ volumeFrom),
/* harmony export */   jg: () => (/* binding */ readVolume),
/* harmony export */   nH: () => (/* binding */ isWritable),
/* harmony export */   yo: () => (/* binding */ hostIn)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);


/**
 * Reads a volume. What begins with `.` or holds a `/` is a path: of the workspace unless it begins with `/`.
 * @throws UserError where it is neither a path nor a volume's name
 * @see https://docs.docker.com/engine/storage/volumes/
 */
function readVolume(line) {
    const [, host = '', container = '', mode = ''] = /^([^:,-][^:]*):(\/[^:]*)(?::([a-z,]+))?$/i.exec(line) ?? [];
    if (!host)
        throw illegal(line, 'Write it as host:container[:ro], such as ./media:/app/media.');
    if (host.startsWith('~'))
        throw illegal(line, 'No shell reads it: write the folder in full, or ./ for one of the workspace.');
    if (host.startsWith('/'))
        return { kind: 'absolute', host, container, mode };
    if (isPath(host))
        return { kind: 'workspace', host, container, mode };
    if (/^[A-Za-z0-9][A-Za-z0-9_.-]+$/.test(host))
        return { kind: 'named', host, container, mode };
    throw illegal(line, 'A folder of the workspace begins with ./');
}
function isPath(host) {
    return host.startsWith('.') || host.includes('/');
}
/** What a line mounts, before it is known to be one. */
function hostIn(line) {
    return line.trim().split(':')[0] ?? '';
}
/** The line with its folder as it is meant from another one. */
function volumeFrom(base, line) {
    const host = hostIn(line);
    return isPath(host) && !host.startsWith('~') ? node_path__WEBPACK_IMPORTED_MODULE_0__.resolve(base, host) + line.trim().slice(host.length) : line;
}
function isWritable({ mode }) {
    return !mode.split(',').some((word) => word === 'ro' || word === 'readonly');
}
function illegal(line, next) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('inputs', `the volume "${line}" cannot be mounted`, { next, input: 'volumes' });
}
/**
 * Whom a container runs as, so that what it writes to folders of this machine belongs to their owner: the owner
 * of the first one that it may write to. Undefined for the image's own user: where there is no such folder, and
 * where it is root's, unless root is who asks.
 * @param owners of the folders that are mounted and writable
 */
function runsAs(owners, caller) {
    const [owner] = owners;
    if (!owner || (owner.uid === 0 && caller.uid !== 0))
        return undefined;
    return `${owner.uid}:${owner.gid}`;
}


/***/ }),

/***/ 1672:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ah: () => (/* binding */ reloading),
/* harmony export */   F2: () => (/* binding */ serverWithin),
/* harmony export */   FN: () => (/* binding */ serverOf),
/* harmony export */   K5: () => (/* binding */ lateModules),
/* harmony export */   T2: () => (/* binding */ serverPackages),
/* harmony export */   U2: () => (/* binding */ serversOf),
/* harmony export */   mC: () => (/* binding */ RELOADING),
/* harmony export */   tz: () => (/* binding */ bringsServer),
/* harmony export */   wX: () => (/* binding */ serve),
/* harmony export */   xM: () => (/* binding */ callsServer)
/* harmony export */ });
const PORT = '${PORT:-8000}';
const target = ({ module, object }) => `${module}:${object}`;
const called = (app) => (app.factory ? `'${target(app)}()'` : target(app));
const flagged = (app, flag) => (app.factory ? `${flag} ${target(app)}` : target(app));
/**
 * The servers of the trade, the preferred ones first. Each ends within a second of SIGTERM
 * (granian within two: now and then its worker does not end and must be killed, after a second at least).
 * uWSGI reloads on SIGTERM unless told to die, answers 500 for an application that it cannot load unless told
 * that it needs one, and runs no threads of the application unless told to.
 */
const SERVERS = [
    {
        program: 'gunicorn',
        packages: ['gunicorn'],
        kinds: ['wsgi'],
        line: (app) => `gunicorn --bind 0.0.0.0:${PORT} ${called(app)}`,
        late: ['gunicorn.app.wsgiapp', 'gunicorn.workers.sync', 'gunicorn.workers.gthread'],
        chdir: '--chdir',
        paths: ['--pythonpath'],
        reload: '--reload',
    },
    {
        program: 'uwsgi',
        packages: ['uwsgi', 'pyuwsgi'],
        kinds: ['wsgi'],
        // Without a master, which looks for signals once a second: a container is restarted by whoever runs it.
        line: (app) => `uwsgi --http :${PORT} --die-on-term --need-app --enable-threads --module ${called(app)}`,
        chdir: '--chdir',
        paths: ['--pythonpath', '--python-path', '--pp'],
    },
    {
        program: 'uvicorn',
        packages: ['uvicorn'],
        within: ['fastapi[standard]', 'fastapi[all]', 'fastapi-cli', 'litestar[standard]'],
        kinds: ['asgi'],
        line: (app) => `uvicorn --host 0.0.0.0 --port ${PORT} ${flagged(app, '--factory')}`,
        late: ['main', 'loops.auto', 'lifespan.on', 'protocols.http.auto', 'protocols.websockets.auto'].map((name) => `uvicorn.${name}`),
        paths: ['--app-dir'],
        reload: '--reload',
    },
    {
        program: 'granian',
        packages: ['granian'],
        kinds: ['wsgi', 'asgi'],
        line: (app) => `GRANIAN_WORKERS_KILL_TIMEOUT=1 granian --interface ${app.kind} --host 0.0.0.0 --port ${PORT} ${flagged(app, '--factory')}`,
        late: ['granian.cli', 'granian.server', 'granian.asgi', 'granian.wsgi', 'granian._loops'],
        chdir: '--working-dir',
    },
    {
        program: 'hypercorn',
        packages: ['hypercorn'],
        within: ['quart'],
        kinds: ['asgi'],
        line: (app) => `hypercorn --bind 0.0.0.0:${PORT} ${called(app)}`,
        late: ['hypercorn.__main__', 'hypercorn.run', 'hypercorn.asyncio.run', 'hypercorn.protocol'],
        reload: '--reload',
    },
    {
        program: 'daphne',
        packages: ['daphne'],
        within: ['channels[daphne]'],
        kinds: ['asgi'],
        line: (app) => (app.factory ? undefined : `daphne --bind 0.0.0.0 --port ${PORT} ${target(app)}`),
        late: ['daphne.cli', 'daphne.server', 'twisted.internet.asyncioreactor'],
    },
    {
        program: 'waitress-serve',
        packages: ['waitress'],
        kinds: ['wsgi'],
        line: (app) => `waitress-serve --port ${PORT} ${flagged(app, '--call')}`,
        late: ['waitress.runner', 'waitress.server'],
    },
];
/** The server that is called so, if it is one. */
function serverOf(program) {
    return SERVERS.find((server) => server.program === program);
}
/** Names of the servers that hold. */
function named(holds) {
    return SERVERS.filter(holds).flatMap(({ packages }) => packages.slice(0, 1));
}
/** Modules that the first program of a command imports when it starts, e.g. `uvicorn.main`; one of another version need not be there. */
function lateModules(words) {
    return serverOf(words.find((word) => word !== 'exec' && !/^[A-Za-z_]\w*=/.test(word)) ?? '')?.late ?? [];
}
/** Their programs, and frameworks' own commands that serve until they are ended. */
const SERVES = new RegExp(String.raw `(^|[\s/;&|(])(${SERVERS.map(({ program }) => program).join('|')}|flask run|(streamlit|fastapi|litestar|chainlit|panel) (run|serve)|\S*manage\.py runserver|celery (-\S+ \S+ )*worker)(\s|$)`);
/** Whether a command calls a program that serves until it is ended. */
function callsServer(command) {
    return SERVES.test(command);
}
/** Names of the servers that can look for changes of the source. */
const RELOADING = named(({ reload }) => reload);
/** A line that execs a server, with the option that lets it look for changes; undefined where it has none, or the line has it. */
function reloading(line) {
    const [, program = ''] = /^exec (\S+) [^;&|\n]*$/.exec(line) ?? [];
    const option = serverOf(program)?.reload;
    return option === undefined || new RegExp(`${option}\\b`).test(line) ? undefined : `${line} ${option}`;
}
/** The line that serves an application by the first server that is among the locked packages and speaks its protocol. */
function serve(app, locked) {
    for (const server of SERVERS) {
        if (!server.kinds.includes(app.kind) || !server.packages.some((name) => locked.includes(name)))
            continue;
        const line = server.line(app);
        if (line !== undefined)
            return { server: server.packages[0] ?? '', line };
    }
    return undefined;
}
/** Whether a server is among the packages. */
function bringsServer(locked) {
    return SERVERS.some(({ packages }) => packages.some((name) => locked.includes(name)));
}
/** Names of the servers that speak a protocol, the preferred one first. */
function serversOf(kind) {
    return named(({ kinds }) => kinds.includes(kind));
}
/** Names of all packages that bring a server of that protocol, the preferred ones first. */
function serverPackages(kind) {
    return SERVERS.filter(({ kinds }) => kinds.includes(kind)).flatMap(({ packages }) => packages);
}
/** The server that a requirement brings. @param requirement its name, and one extra: `fastapi[standard]` */
function serverWithin(requirement) {
    return named(({ within = [] }) => within.includes(requirement));
}


/***/ }),

/***/ 3669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ normalizeName),
/* harmony export */   a: () => (/* binding */ didYouMean)
/* harmony export */ });
/**
 * A project or package name as indexes compare it: lower case, runs of `-`, `_` and `.` as one `-`.
 * @see PEP 503 (names), PEP 685 (extras use the same rule)
 */
function normalizeName(name) {
    return name
        .trim()
        .replace(/[-_.]+/g, '-')
        .toLowerCase();
}
/**
 * The nearest of `candidates` to what was typed, if it is near enough to be a slip of the fingers
 * (at most a third of the letters differ).
 */
function didYouMean(typed, candidates) {
    const allowed = Math.max(1, Math.floor(typed.length / 3));
    if (typed.length > LONGEST_SLIP)
        return undefined;
    const ranked = candidates
        .filter((candidate) => Math.abs(candidate.length - typed.length) <= allowed)
        .map((candidate) => ({ candidate, distance: editDistance(typed, candidate) }))
        .sort((a, b) => a.distance - b.distance);
    const best = ranked[0];
    return best && best.distance <= allowed ? best.candidate : undefined;
}
/** A name of more characters was not typed, and comparing takes time. */
const LONGEST_SLIP = 100;
function editDistance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const change = a[i - 1] === b[j - 1] ? 0 : 1;
            next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}


/***/ }),

/***/ 401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ readRequirement)
/* harmony export */ });
/* harmony import */ var _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9687);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3669);



const HEAD = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/;
/**
 * Reads a requirement line, e.g. `uvicorn[standard]>=0.30 ; python_version < '3.14'`.
 * @throws UserError where it is none
 * @see PEP 508
 */
function readRequirement(line) {
    const head = HEAD.exec(line);
    if (!head)
        throw malformed(line, 'it does not begin with a name');
    const rest = line.slice(head[0].length).trim();
    const named = {
        name: (0,_names_js__WEBPACK_IMPORTED_MODULE_2__/* .normalizeName */ .P)(head[1] ?? ''),
        extras: (head[2] ?? '')
            .split(',')
            .filter((extra) => extra.trim())
            .map(_names_js__WEBPACK_IMPORTED_MODULE_2__/* .normalizeName */ .P),
    };
    if (rest.startsWith('@')) {
        // An address may hold a semicolon: the one before a marker has a blank before it.
        const [, url = '', marker = ''] = /^@\s*(\S+)(?:\s+;([\s\S]*))?$/.exec(rest) ?? [];
        if (!url)
            throw malformed(line, 'after @ comes one address');
        return { ...named, specifier: '', url, marker: marker.trim() };
    }
    const [range = '', ...markers] = rest.split(';');
    const specifier = range
        .trim()
        .replace(/^\((.*)\)$/, '$1')
        .split(',')
        .map((part) => part.replace(/\s+/g, ''))
        .filter(Boolean)
        .join(',');
    if (!(0,_renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__/* .validRange */ .Im)(specifier))
        throw malformed(line, `"${range.trim()}" is no version specifier`);
    return { ...named, specifier, url: undefined, marker: markers.join(';').trim() };
}
function malformed(line, why) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('project', `the requirement "${line.trim()}" cannot be read: ${why}`, 'Write it as PEP 508 says, e.g. name>=1.2.');
}


/***/ }),

/***/ 1197:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ readNetrc)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/**
 * Reads netrc text. Every machine must be a host with a password; `default`, which would hand its login
 * to any host that asks, is refused.
 * @throws UserError that repeats nothing of the text but the names of hosts
 * @see https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
 */
function readNetrc(text) {
    const machines = [];
    const words = wordsOf(text);
    for (let word = words.key(); word !== undefined; word = words.key()) {
        const machine = machines.at(-1);
        if (word === 'machine')
            machines.push({ host: words.value().toLowerCase(), login: '', password: '' });
        else if (word === 'macdef')
            words.skipMacro();
        else if (word === 'default')
            throw wrong('a "default" gives its login to any host', 'Name each host: machine HOST login USER password WORD.');
        else if (machine && word === 'login')
            machine.login = words.value();
        else if (machine && word === 'password')
            machine.password = words.value();
        else if (machine && word === 'account')
            words.value();
        else
            throw wrong('it is not netrc text', 'Write a line for each host: machine HOST login USER password WORD.');
    }
    for (const { host, password } of machines) {
        if (!/^[a-z0-9.-]+$/.test(host))
            throw wrong(`"${host}" is not the name of a host alone`, 'Write it without https://, port and path.');
        if (!password)
            throw wrong(`machine ${host} has no password`, 'Write a line for each host: machine HOST login USER password WORD.');
    }
    return machines;
}
function wrong(cause, next) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('inputs', `index-credentials: ${cause}`, { next, input: 'index-credentials' });
}
/** Words of the text; a `#` begins a comment where a keyword may stand, and is a letter like any other in a value. */
function wordsOf(text) {
    const pattern = /"((?:\\.|[^"\\])*)"|\S+/g;
    const next = () => {
        const found = pattern.exec(text);
        return found && (found[1] === undefined ? found[0] : found[1].replace(/\\(.)/g, '$1'));
    };
    const goTo = (end) => {
        const at = text.indexOf(end, pattern.lastIndex);
        pattern.lastIndex = at < 0 ? text.length : at + end.length;
    };
    return {
        key() {
            let word = next();
            while (word?.startsWith('#')) {
                goTo('\n');
                word = next();
            }
            return word ?? undefined;
        },
        value: () => next() ?? '',
        /** A macro ends with an empty line. */
        skipMacro: () => goTo('\n\n'),
    };
}


/***/ }),

/***/ 6763:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $b: () => (/* binding */ withoutLogins),
/* harmony export */   Gq: () => (/* binding */ withoutLogin),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   w4: () => (/* binding */ hostOf)
/* harmony export */ });
// Addresses as they may be shown, and their parts.
/** Host (and port) of an address, for messages. */
function hostOf(url) {
    return URL.canParse(url) ? new URL(url).host : 'unknown';
}
/** An address as it may be shown. */
function withoutLogin(url) {
    if (!URL.canParse(url))
        return url.replace(/\/\/[^/?#]*@/, '//');
    const parsed = new URL(url);
    parsed.username = '';
    parsed.password = '';
    return parsed.href;
}
/** Several addresses as they may be shown. @param urls separated by white space */
function withoutLogins(urls) {
    return urls.split(/\s+/).map(withoutLogin).join(', ');
}
/** A part of an address as it was meant; a stray % is a % to whoever typed it. */
function plain(encoded) {
    try {
        return decodeURIComponent(encoded);
    }
    catch {
        return encoded;
    }
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


/***/ }),

/***/ 9687:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  uH: () => (/* reexport */ clean),
  eq: () => (/* reexport */ eq),
  WE: () => (/* reexport */ explain),
  gt: () => (/* reexport */ gt),
  eR: () => (/* reexport */ major),
  Ek: () => (/* reexport */ minor),
  F6: () => (/* reexport */ patch),
  ib: () => (/* reexport */ satisfies),
  rZ: () => (/* reexport */ valid),
  Im: () => (/* reexport */ validRange)
});

// UNUSED EXPORTS: RANGE_PATTERN, compare, filter, ge, gte, inc, le, lt, lte, maxSatisfying, minSatisfying, ne, neq, parse, rcompare

// NAMESPACE OBJECT: ./node_modules/@renovatebot/pep440/lib/operator.js
var operator_namespaceObject = {};
__webpack_require__.r(operator_namespaceObject);
__webpack_require__.d(operator_namespaceObject, {
  "!=": () => (ne),
  "<": () => (lt),
  "<=": () => (le),
  "==": () => (eq),
  "===": () => (arbitrary),
  ">": () => (gt),
  ">=": () => (ge),
  compare: () => (compare),
  eq: () => (eq),
  ge: () => (ge),
  gt: () => (gt),
  le: () => (le),
  lt: () => (lt),
  ne: () => (ne),
  rcompare: () => (rcompare)
});

;// CONCATENATED MODULE: ./node_modules/@renovatebot/pep440/lib/version.js
const VERSION_PATTERN = [
  'v?',
  '(?:',
  /* */ '(?:(?<epoch>[0-9]+)!)?', // epoch
  /* */ '(?<release>[0-9]+(?:\\.[0-9]+)*)', // release segment
  /* */ '(?<pre>', // pre-release
  /*    */ '[-_\\.]?',
  /*    */ '(?<pre_l>(a|b|c|rc|alpha|beta|pre|preview))',
  /*    */ '[-_\\.]?',
  /*    */ '(?<pre_n>[0-9]+)?',
  /* */ ')?',
  /* */ '(?<post>', // post release
  /*    */ '(?:-(?<post_n1>[0-9]+))',
  /*    */ '|',
  /*    */ '(?:',
  /*        */ '[-_\\.]?',
  /*        */ '(?<post_l>post|rev|r)',
  /*        */ '[-_\\.]?',
  /*        */ '(?<post_n2>[0-9]+)?',
  /*    */ ')',
  /* */ ')?',
  /* */ '(?<dev>', // dev release
  /*    */ '[-_\\.]?',
  /*    */ '(?<dev_l>dev)',
  /*    */ '[-_\\.]?',
  /*    */ '(?<dev_n>[0-9]+)?',
  /* */ ')?',
  ')',
  '(?:\\+(?<local>[a-z0-9]+(?:[-_\\.][a-z0-9]+)*))?', // local version
].join('');



const validRegex = new RegExp('^' + VERSION_PATTERN + '$', 'i');

function valid(version) {
  return validRegex.test(version) ? version : null;
}

const cleanRegex = new RegExp('^\\s*' + VERSION_PATTERN + '\\s*$', 'i');
function clean(version) {
  return version_stringify(version_parse(version, cleanRegex));
}

function version_parse(version, regex) {
  // Validate the version and parse it into pieces
  const { groups } = (regex || validRegex).exec(version) || {};
  if (!groups) {
    return null;
  }

  // Store the parsed out pieces of the version
  const parsed = {
    epoch: Number(groups.epoch ? groups.epoch : 0),
    release: groups.release.split('.').map(Number),
    pre: normalize_letter_version(groups.pre_l, groups.pre_n),
    post: normalize_letter_version(
      groups.post_l,
      groups.post_n1 || groups.post_n2,
    ),
    dev: normalize_letter_version(groups.dev_l, groups.dev_n),
    local: parse_local_version(groups.local),
  };

  return parsed;
}

function version_stringify(parsed) {
  if (!parsed) {
    return null;
  }
  const { epoch, release, pre, post, dev, local } = parsed;
  const parts = [];

  // Epoch
  if (epoch !== 0) {
    parts.push(`${epoch}!`);
  }
  // Release segment
  parts.push(release.join('.'));

  // Pre-release
  if (pre) {
    parts.push(pre.join(''));
  }
  // Post-release
  if (post) {
    parts.push('.' + post.join(''));
  }
  // Development release
  if (dev) {
    parts.push('.' + dev.join(''));
  }
  // Local version segment
  if (local) {
    parts.push(`+${local}`);
  }
  return parts.join('');
}

function normalize_letter_version(letterIn, numberIn) {
  let letter = letterIn;
  let number = numberIn;
  if (letter) {
    // We consider there to be an implicit 0 in a pre-release if there is
    // not a numeral associated with it.
    if (!number) {
      number = 0;
    }
    // We normalize any letters to their lower case form
    letter = letter.toLowerCase();

    // We consider some words to be alternate spellings of other words and
    // in those cases we want to normalize the spellings to our preferred
    // spelling.
    if (letter === 'alpha') {
      letter = 'a';
    } else if (letter === 'beta') {
      letter = 'b';
    } else if (['c', 'pre', 'preview'].includes(letter)) {
      letter = 'rc';
    } else if (['rev', 'r'].includes(letter)) {
      letter = 'post';
    }
    return [letter, Number(number)];
  }
  if (!letter && number) {
    // We assume if we are given a number, but we are not given a letter
    // then this is using the implicit post release syntax (e.g. 1.0-1)
    letter = 'post';

    return [letter, Number(number)];
  }
  return null;
}

function parse_local_version(local) {
  /*
    Takes a string like abc.1.twelve and turns it into("abc", 1, "twelve").
    */
  if (local) {
    return local
      .split(/[._-]/)
      .map((part) =>
        Number.isNaN(Number(part)) ? part.toLowerCase() : Number(part),
      );
  }
  return null;
}

function explain(version) {
  const parsed = version_parse(version);
  if (!parsed) {
    return parsed;
  }
  const { epoch, release, pre, post, dev, local } = parsed;

  let base_version = '';
  if (epoch !== 0) {
    base_version += epoch + '!';
  }
  base_version += release.join('.');

  const is_prerelease = Boolean(dev || pre);
  const is_devrelease = Boolean(dev);
  const is_postrelease = Boolean(post);

  // return

  return {
    epoch,
    release,
    pre,
    post: post ? post[1] : post,
    dev: dev ? dev[1] : dev,
    local: local ? local.join('.') : local,
    public: version_stringify(parsed).split('+', 1)[0],
    base_version,
    is_prerelease,
    is_devrelease,
    is_postrelease,
  };
}

;// CONCATENATED MODULE: ./node_modules/@renovatebot/pep440/lib/operator.js




function lt(version, other) {
  return compare(version, other) < 0;
}

function le(version, other) {
  return compare(version, other) <= 0;
}

function eq(version, other) {
  return compare(version, other) === 0;
}

function ne(version, other) {
  return compare(version, other) !== 0;
}

function ge(version, other) {
  return compare(version, other) >= 0;
}

function gt(version, other) {
  return compare(version, other) > 0;
}

function arbitrary(version, other) {
  return version.toLowerCase() === other.toLowerCase();
}

function compare(version, other) {
  const parsedVersion = version_parse(version);
  const parsedOther = version_parse(other);

  const keyVersion = calculateKey(parsedVersion);
  const keyOther = calculateKey(parsedOther);

  return pyCompare(keyVersion, keyOther);
}

function rcompare(version, other) {
  return -compare(version, other);
}

// this logic is buitin in python, but we need to port it to js
// see https://stackoverflow.com/a/5292332/1438522
function pyCompare(elemIn, otherIn) {
  let elem = elemIn;
  let other = otherIn;
  if (elem === other) {
    return 0;
  }
  if (Array.isArray(elem) !== Array.isArray(other)) {
    elem = Array.isArray(elem) ? elem : [elem];
    other = Array.isArray(other) ? other : [other];
  }
  if (Array.isArray(elem)) {
    const len = Math.min(elem.length, other.length);
    for (let i = 0; i < len; i += 1) {
      const res = pyCompare(elem[i], other[i]);
      if (res !== 0) {
        return res;
      }
    }
    return elem.length - other.length;
  }
  if (elem === -Infinity || other === Infinity) {
    return -1;
  }
  if (elem === Infinity || other === -Infinity) {
    return 1;
  }
  return elem < other ? -1 : 1;
}

function calculateKey(input) {
  const { epoch } = input;
  let { release, pre, post, local, dev } = input;
  // When we compare a release version, we want to compare it with all of the
  // trailing zeros removed. So we'll use a reverse the list, drop all the now
  // leading zeros until we come to something non zero, then take the rest
  // re-reverse it back into the correct order and make it a tuple and use
  // that for our sorting key.
  release = release.concat();
  release.reverse();
  while (release.length && release[0] === 0) {
    release.shift();
  }
  release.reverse();

  // We need to "trick" the sorting algorithm to put 1.0.dev0 before 1.0a0.
  // We'll do this by abusing the pre segment, but we _only_ want to do this
  // if there is !a pre or a post segment. If we have one of those then
  // the normal sorting rules will handle this case correctly.
  if (!pre && !post && dev) pre = -Infinity;
  // Versions without a pre-release (except as noted above) should sort after
  // those with one.
  else if (!pre) pre = Infinity;

  // Versions without a post segment should sort before those with one.
  if (!post) post = -Infinity;

  // Versions without a development segment should sort after those with one.
  if (!dev) dev = Infinity;

  if (!local) {
    // Versions without a local segment should sort before those with one.
    local = -Infinity;
  } else {
    // Versions with a local segment need that segment parsed to implement
    // the sorting rules in PEP440.
    // - Alpha numeric segments sort before numeric segments
    // - Alpha numeric segments sort lexicographically
    // - Numeric segments sort numerically
    // - Shorter versions sort before longer versions when the prefixes
    //   match exactly
    local = local.map((i) =>
      Number.isNaN(Number(i)) ? [-Infinity, i] : [Number(i), ''],
    );
  }

  return [epoch, release, pre, post, dev, local];
}

;// CONCATENATED MODULE: ./node_modules/@renovatebot/pep440/lib/specifier.js
// This file is dual licensed under the terms of the Apache License, Version
// 2.0, and the BSD License. See the LICENSE file in the root of this repository
// for complete details.





const RANGE_PATTERN = [
  '(?<operator>(===|~=|==|!=|<=|>=|<|>))',
  '\\s*',
  '(',
  /*  */ '(?<version>(?:' + VERSION_PATTERN.replace(/\?<\w+>/g, '?:') + '))',
  /*  */ '(?<prefix>\\.\\*)?',
  /*  */ '|',
  /*  */ '(?<legacy>[^,;\\s)]+)',
  ')',
].join('');



const isEqualityOperator = (op) => ['==', '!=', '==='].includes(op);

const rangeRegex = new RegExp('^' + RANGE_PATTERN + '$', 'i');

function specifier_parse(ranges) {
  if (!ranges.trim()) {
    return [];
  }

  const specifiers = ranges
    .split(',')
    .map((range) => rangeRegex.exec(range.trim()) || {})
    .map(({ groups }) => {
      if (!groups) {
        return null;
      }

      let { ...spec } = groups;
      const { operator, version, prefix, legacy } = groups;

      if (version) {
        spec = { ...spec, ...explain(version) };
        if (operator === '~=') {
          if (spec.release.length < 2) {
            return null;
          }
        }
        if (!isEqualityOperator(operator) && spec.local) {
          return null;
        }

        if (prefix) {
          if (!isEqualityOperator(operator) || spec.dev || spec.local) {
            return null;
          }
        }
      }
      if (legacy && operator !== '===') {
        return null;
      }

      return spec;
    });

  if (specifiers.filter(Boolean).length !== specifiers.length) {
    return null;
  }

  return specifiers;
}

function filter(versions, specifier, options = {}) {
  const filtered = pick(versions, specifier, options);
  if (filtered.length === 0 && options.prereleases === undefined) {
    return pick(versions, specifier, { prereleases: true });
  }
  return filtered;
}

function maxSatisfying(versions, range, options) {
  const found = filter(versions, range, options).sort(Operator.compare);
  return found.length === 0 ? null : found[found.length - 1];
}

function minSatisfying(versions, range, options) {
  const found = filter(versions, range, options).sort(Operator.compare);
  return found.length === 0 ? null : found[0];
}

function pick(versions, specifier, options) {
  const parsed = specifier_parse(specifier);

  if (!parsed) {
    return [];
  }

  return versions.filter((version) => {
    const explained = explain(version);

    if (!parsed.length) {
      return explained && !(explained.is_prerelease && !options.prereleases);
    }

    return parsed.reduce((pass, spec) => {
      if (!pass) {
        return false;
      }
      return contains({ ...spec, ...options }, { version, explained });
    }, true);
  });
}

function satisfies(version, specifier, options = {}) {
  const filtered = pick([version], specifier, options);

  return filtered.length === 1;
}

function arrayStartsWith(array, prefix) {
  if (prefix.length > array.length) {
    return false;
  }

  for (let i = 0; i < prefix.length; i += 1) {
    if (prefix[i] !== array[i]) {
      return false;
    }
  }

  return true;
}

function contains(specifier, input) {
  const { explained } = input;
  let { version } = input;
  const { ...spec } = specifier;

  if (spec.prereleases === undefined) {
    spec.prereleases = spec.is_prerelease;
  }

  if (explained && explained.is_prerelease && !spec.prereleases) {
    return false;
  }

  if (spec.operator === '~=') {
    let compatiblePrefix = spec.release.slice(0, -1).concat('*').join('.');
    if (spec.epoch) {
      compatiblePrefix = spec.epoch + '!' + compatiblePrefix;
    }
    return satisfies(version, `>=${spec.version}, ==${compatiblePrefix}`, {
      prereleases: spec.prereleases,
    });
  }

  if (spec.prefix) {
    const isMatching =
      explained.epoch === spec.epoch &&
      arrayStartsWith(explained.release, spec.release);
    const isEquality = spec.operator !== '!=';
    return isEquality ? isMatching : !isMatching;
  }

  if (explained && explained.local && spec.version) {
    // Ignore candidate local labels only when the specifier itself is public.
    if (spec.operator !== '===' && !spec.local) {
      version = explained.public;
      spec.version = explain(spec.version).public;
    }
  }

  if (spec.operator === '<' || spec.operator === '>') {
    // simplified version of https://www.python.org/dev/peps/pep-0440/#exclusive-ordered-comparison
    if (eq(spec.release.join('.'), explained.release.join('.'))) {
      return false;
    }
  }

  // TODO: fix me?
  // eslint-disable-next-line import-x/namespace
  const op = operator_namespaceObject[spec.operator];
  return op(version, spec.version || spec.legacy);
}

function validRange(specifier) {
  return Boolean(specifier_parse(specifier));
}

;// CONCATENATED MODULE: ./node_modules/@renovatebot/pep440/lib/semantic.js


// those notation are borrowed from semver


function major(input) {
  const version = explain(input);
  if (!version) {
    throw new TypeError('Invalid Version: ' + input);
  }
  return version.release[0];
}

function minor(input) {
  const version = explain(input);
  if (!version) {
    throw new TypeError('Invalid Version: ' + input);
  }
  if (version.release.length < 2) {
    return 0;
  }
  return version.release[1];
}

function patch(input) {
  const version = explain(input);
  if (!version) {
    throw new TypeError('Invalid Version: ' + input);
  }
  if (version.release.length < 3) {
    return 0;
  }
  return version.release[2];
}

function inc(input, release, preReleaseIdentifier) {
  let identifier = preReleaseIdentifier || `a`;
  const version = parse(input);

  if (!version) {
    return null;
  }

  if (
    !['a', 'b', 'c', 'rc', 'alpha', 'beta', 'pre', 'preview'].includes(
      identifier,
    )
  ) {
    return null;
  }

  switch (release) {
    case 'premajor':
      {
        const [majorVersion] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion + 1;
      }
      version.pre = [identifier, 0];
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'preminor':
      {
        const [majorVersion, minorVersion = 0] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion + 1;
      }
      version.pre = [identifier, 0];
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'prepatch':
      {
        const [majorVersion, minorVersion = 0, patchVersion = 0] =
          version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion;
        version.release[2] = patchVersion + 1;
      }
      version.pre = [identifier, 0];
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'prerelease':
      if (version.pre === null) {
        const [majorVersion, minorVersion = 0, patchVersion = 0] =
          version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion;
        version.release[2] = patchVersion + 1;
        version.pre = [identifier, 0];
      } else {
        if (preReleaseIdentifier === undefined && version.pre !== null) {
          [identifier] = version.pre;
        }

        const [letter, number] = version.pre;
        if (letter === identifier) {
          version.pre = [letter, number + 1];
        } else {
          version.pre = [identifier, 0];
        }
      }

      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'major':
      if (
        version.release.slice(1).some((value) => value !== 0) ||
        version.pre === null
      ) {
        const [majorVersion] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion + 1;
      }
      delete version.pre;
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'minor':
      if (
        version.release.slice(2).some((value) => value !== 0) ||
        version.pre === null
      ) {
        const [majorVersion, minorVersion = 0] = version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion + 1;
      }
      delete version.pre;
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    case 'patch':
      if (
        version.release.slice(3).some((value) => value !== 0) ||
        version.pre === null
      ) {
        const [majorVersion, minorVersion = 0, patchVersion = 0] =
          version.release;
        version.release.fill(0);
        version.release[0] = majorVersion;
        version.release[1] = minorVersion;
        version.release[2] = patchVersion + 1;
      }
      delete version.pre;
      delete version.post;
      delete version.dev;
      delete version.local;
      break;
    default:
      return null;
  }

  return stringify(version);
}

;// CONCATENATED MODULE: ./node_modules/@renovatebot/pep440/index.js











/***/ })

};
