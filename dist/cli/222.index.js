export const id = 222;
export const ids = [222];
export const modules = {

/***/ 2529:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ks: () => (/* binding */ whyNoFlag),
/* harmony export */   VQ: () => (/* binding */ FILE_SETTINGS),
/* harmony export */   Wg: () => (/* binding */ FLAGS),
/* harmony export */   yy: () => (/* binding */ SETTINGS)
/* harmony export */ });
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(646);

/** Settings that have no flag, and where they are set instead. */
const NO_FLAG = {
    target: 'the verb says it',
    push: 'the verb push does it',
    matrix: 'it is of workflows alone',
    cache: 'it is of workflows alone',
    'cache-suffix': 'it is of workflows alone',
    'cache-signing-key': 'it is of workflows alone',
    'github-token': 'set PYPACKAGER_GITHUB_TOKEN',
    password: 'set PYPACKAGER_PASSWORD, where no list of processes shows it',
    'index-credentials': 'set PYPACKAGER_INDEX_CREDENTIALS, where no list of processes shows it',
    secrets: 'set PYPACKAGER_SECRETS, where no list of processes shows it',
};
/** Of workflows alone: no setting of a laptop. */
const OF_WORKFLOWS = ['target', 'push', 'matrix', 'cache', 'cache-suffix', 'cache-signing-key'];
/** Why an input is no flag; undefined for those that are. */
function whyNoFlag(input) {
    return NO_FLAG[input];
}
/** Inputs that the tool takes, from wherever. */
const SETTINGS = Object.values(_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .INPUT_NAMES */ .Qh).filter((name) => !OF_WORKFLOWS.includes(name));
/** Inputs that the table in pyproject.toml takes: no secrets, and not what says where that file is. */
const FILE_SETTINGS = SETTINGS.filter((name) => name !== 'path' && !/^set PYPACKAGER_/.test(NO_FLAG[name] ?? ''));
const MEANS = [
    ['path', 'FOLDER', 'the project'],
    ['namespace', 'NAME', "organisation part of the image's name"],
    ['image-name', 'NAME', "application part of the image's name"],
    ['version', 'TAG', "the image's tag"],
    ['registry', 'HOST', 'such as ghcr.io'],
    ['extras', 'NAMES', 'extras that are installed in the release'],
    ['requirements', 'FILES', 'requirements files that define the dependencies'],
    ['python-version', 'X.Y', "Python's version"],
    ['parent-image', 'IMAGE', 'what the base image is made from'],
    ['updates', 'WHICH', 'security: base gets the security updates of Debian above its parent'],
    ['base-image', 'IMAGE', 'a ready base image'],
    ['builder-image', 'IMAGE', 'a ready builder image'],
    ['base-dockerfile', 'FILE', 'an own Dockerfile for the base image'],
    ['builder-dockerfile', 'FILE', 'an own Dockerfile for the builder image'],
    ['dockerfile', 'FILE', 'an own Dockerfile for the release'],
    ['build-packages', 'NAMES', 'Debian packages that compiling needs'],
    ['runtime-packages', 'NAMES', 'Debian packages for the release'],
    ['command', 'LINE', 'the start command'],
    ['user', 'UID', 'whom the release runs as'],
    ['writable', 'PATHS', 'what the user of the release may write to'],
    ['bytecode', 'WHICH', 'used, all or none'],
    ['healthcheck', 'HOW', 'tcp, a path, or a command'],
    ['collectstatic', 'WHEN', 'auto, always or never'],
    ['image-env', 'NAME=VALUE', "the release's environment"],
    ['set-version', undefined, "the project's wheel gets the version of the tag too"],
    ['wheel', 'WHEN', 'auto, or never: the source is taken as it is'],
    ['exclude-newer', 'DATE', 'nothing that was released later is installed'],
    ['wheelhouse', 'FOLDER', 'where the wheels and the lock are'],
    ['index-url', 'URL', 'the package index'],
    ['extra-index-urls', 'URLS', 'further package indexes, asked before it'],
    ['ca-bundle', 'FILE', 'certificate authorities to trust'],
    ['build-network', 'WHICH', 'host where builds must use the network of the host'],
    ['platform', 'PLATFORM', 'such as linux/arm64'],
    ['build-command', 'LINE', 'runs in the builder before the wheel of the project is built'],
    ['test-extras', 'NAMES', 'extras of the test image'],
    ['test-command', 'LINE', 'what must pass in the test image'],
    ['run', 'LINE', 'runs in the release before it is pushed'],
    ['manage', 'LINE', 'a command of manage.py that runs in the release before it is pushed'],
    ['ports', 'HOST:CONTAINER', 'a port for commands', { names: ['port', 'ports'], short: 'p', repeatable: true }],
    ['volumes', 'HOST:CONTAINER', 'a volume for commands', { names: ['volume', 'volumes'], short: 'v', repeatable: true }],
    ['env', 'NAME=VALUE', 'an environment value for commands', { short: 'e', repeatable: true }],
    ['network', 'NAME', 'the Docker network that commands join'],
    ['checks', 'WHAT', 'error, warn or off: what becomes of an image that fails the checks'],
    ['timeout', 'MINUTES', 'after which a step is stopped'],
    ['username', 'NAME', "the registry's user"],
    ['tags', 'TAGS', 'plain tags or rules'],
    ['flavor', 'RULES', 'what is said of all tags at once'],
    ['tag-suffix', 'TEXT', 'what every tag ends in'],
    ['labels', 'NAME=VALUE', 'labels of the image'],
    ['attest', undefined, 'SBOM and provenance are pushed beside the image, as its referrers'],
    ['sbom', undefined, 'writes a list of all that is in the image (--no-sbom: does not)'],
];
/** Every setting that has a flag, in the order of the help. */
const FLAGS = MEANS.map(([input, value, means, more]) => ({
    input,
    names: [input],
    value,
    repeatable: false,
    means,
    ...more,
}));


/***/ }),

/***/ 1222:
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
// EXTERNAL MODULE: ./lib/effects/log-line.js
var log_line = __webpack_require__(1711);
// EXTERNAL MODULE: ./lib/effects/terminal-log.js
var terminal_log = __webpack_require__(3435);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./lib/project/names.js
var names = __webpack_require__(3669);
// EXTERNAL MODULE: ./lib/cli/flags.js
var cli_flags = __webpack_require__(2529);
// EXTERNAL MODULE: ./lib/cli/usage.js
var usage = __webpack_require__(4761);
;// CONCATENATED MODULE: ./lib/cli/verbs.js
const NAMES = ['namespace', 'image-name', 'version'];
const INDEXES = ['index-url', 'extra-index-urls', 'ca-bundle'];
const COMMANDS = ['ports', 'volumes', 'env', 'network'];
const RELEASE = ['extras', 'python-version', 'parent-image', 'runtime-packages', 'command', 'user', 'image-env', 'dockerfile'];
/** The verbs of the methodology, in the order in which one meets them. */
const VERBS = [
    {
        name: 'plan',
        usage: '',
        takes: 'nothing',
        does: 'shows each setting with where it comes from, and what would be made',
        more: ['Nothing is built, and Docker is not asked. With --json the Dockerfile is shown too.'],
        flags: NAMES,
        examples: [['plan', 'in the folder of your project']],
    },
    {
        name: 'build',
        usage: '[<extra>…]',
        takes: 'words',
        does: 'makes the wheels of the project and its dependencies',
        more: [
            'They are in wheelhouse/ afterwards, with the lock pylock.toml. What is there already is used again.',
            'Extras that are named bring their dependencies too, for the test image: the release stays without them. One that the project does not have is a warning.',
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
            ['build cmd pip wheel --no-deps --wheel-dir /wheelhouse .', 'what pip would make of it'],
        ],
    },
    {
        name: 'release',
        usage: '',
        takes: 'nothing',
        does: 'makes the release image from the wheelhouse',
        more: ['Wheels that are missing are made first. Where `build` was run before, no index is needed.'],
        flags: [...NAMES, ...RELEASE],
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
            'From the first word on, everything belongs to the command and reaches it as it is. Without a command the image starts as it does by itself.',
            'In a terminal it is interactive. The container is removed when the command ends, and it ends with the code of the command.',
            'A folder that is mounted is made where it is missing, and the command runs as its owner.',
        ],
        flags: [...COMMANDS, ...NAMES],
        examples: [
            ['run -p 8000:8000', 'starts the application'],
            ['run bash', 'a shell in the image'],
            ['run -v ./data:/data -e "GREETING=good day" -- python -m shop --loud', 'flags before the --, the command after it'],
        ],
    },
    {
        name: 'manage',
        usage: '[<flag>…] [--] <command…>',
        takes: 'command',
        does: 'runs a command of manage.py in the release image',
        more: ['It finds manage.py in the image, or the console script that does its work. Otherwise as `run`.'],
        flags: [...COMMANDS, ...NAMES],
        examples: [
            ['manage check', ''],
            ['manage -v ./data:/data -e DATABASE=/data/db.sqlite3 migrate', ''],
            ['manage -v static:/var/www/static -- collectstatic --noinput', 'into a volume that Docker keeps'],
        ],
    },
    {
        name: 'test',
        usage: '[<extra>…]',
        takes: 'words',
        does: 'makes the test image and runs what must pass in it',
        more: [
            'The test image is the release with the packages of the extras that are named (or of test-extras) from the same wheels. test-command runs in it.',
        ],
        flags: ['test-extras', 'test-command', 'env', 'network'],
        examples: [['test test --test-command "manage.py test"', 'with the packages of the extra test']],
    },
    {
        name: 'push',
        usage: '',
        takes: 'nothing',
        does: 'makes the release image and pushes it',
        more: ['By your own login (`docker login`), or as username with PYPACKAGER_PASSWORD.'],
        flags: ['registry', 'username', 'tags', 'flavor', ...NAMES],
        examples: [['push --registry ghcr.io --namespace acme --version 1.2.3', '']],
    },
    {
        name: 'image',
        usage: '[<folder> [<context>]]',
        takes: 'words',
        does: 'builds an own Dockerfile',
        more: [
            'The image is called after the last folder: docker/base gives <namespace>/<image>-base. The Dockerfile of the project itself gives the release.',
            'The context is the folder of the Dockerfile, unless another is named.',
            'BASE_IMAGE and BUILDER_IMAGE are given to it as build arguments, PARENT_IMAGE too.',
        ],
        flags: [...NAMES, 'base-image', 'builder-image', 'parent-image'],
        examples: [
            ['image docker/base', '<namespace>/<image>-base:<version>'],
            ['image docker/web .', 'with the whole project as its context'],
            ['image', '<namespace>/<image>:<version>, from ./Dockerfile'],
        ],
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
const OWN = ['help', 'json', 'verbose', 'trust-project'];
const OPTIONS = {
    ...Object.fromEntries(cli_flags/* FLAGS */.Wg.flatMap(optionsOf)),
    ...Object.fromEntries(OWN.map((name) => [name, { type: 'boolean', ...(name === 'help' && { short: 'h' }) }])),
};
const BY_NAME = new Map(cli_flags/* FLAGS */.Wg.flatMap((flag) => flag.names.map((name) => [name, flag])));
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
    return { json: own.has('json'), verbose: own.has('verbose'), trustProject: own.has('trust-project') };
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
        const flag = BY_NAME.get(negative);
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
        return rawName.startsWith('--no-') ? 'false' : 'true';
    }
    if (value === undefined || (token.inlineValue === false && value.startsWith('--'))) {
        throw (0,usage/* usageError */.Wp)(`${rawName} needs a value`, `Write ${rawName} ${flag.value}, or --${flag.names[0]}=… where it begins with a dash.`);
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
    const why = (0,cli_flags/* whyNoFlag */.Ks)(name);
    if (why)
        return (0,usage/* usageError */.Wp)(`${rawName} is no flag`, `${why.charAt(0).toUpperCase()}${why.slice(1)}.`);
    const near = (0,names/* didYouMean */.a)(name, [...BY_NAME.keys(), ...OWN]);
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
        section('Flags:', cli_flags/* FLAGS */.Wg.map(flagRow)),
        section('Flags of the tool:', [
            ['-h, --help', 'this help, or that of a verb'],
            ['-V, --version', "the tool's own version, where it stands alone"],
            ['--json', 'the result as JSON on stdout; all else goes to stderr'],
            ['--verbose', 'what docker says, too'],
            ['--trust-project', 'follows what [tool.pypackager] sets of this machine, without asking'],
        ]),
        EXIT_CODES,
    ].join('\n\n')}\n`;
}
const EXIT_CODES = section('Exit codes:', [
    ['0', 'done'],
    ['1', 'failed: the last line says why, and what to do'],
    ['2', 'a wrong argument or setting'],
    ['130', 'interrupted (143: terminated)'],
    ['other', 'of run, manage and build cmd: that of the command itself (125: Docker could not start it)'],
]);
/** The help of one verb. */
function verbHelp(verb) {
    const flags = verb.flags.flatMap((input) => cli_flags/* FLAGS */.Wg.filter((flag) => flag.input === input));
    return `${[
        `pypackager ${[verb.name, verb.usage].filter(Boolean).join(' ')}`,
        [`${capital(verb.does)}.`, ...verb.more].flatMap(wrapped).join('\n'),
        section('Examples:', verb.examples.map(([line, does]) => [`pypackager ${line}`, does])),
        ...(flags.length > 0 ? [section('Flags that matter most here (pypackager --help shows all):', flags.map(flagRow))] : []),
    ].join('\n\n')}\n`;
}
/** A flag as it is typed. */
function shownFlag({ names, short, value }) {
    return `${short ? `-${short}, ` : ''}--${names[0]}${value === undefined ? '' : ` ${value}`}`;
}
function flagRow(flag) {
    return [shownFlag(flag), `${flag.means}${flag.repeatable ? '; may be given several times' : ''}`];
}
/** Rows in two columns; what is too long for the first one has a line of its own. */
function section(title, rows) {
    const width = Math.min(WIDEST, Math.max(...rows.map(([left]) => left.length)));
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
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./lib/cli/tool.js








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
        const { work } = await Promise.all(/* import() */[__webpack_require__.e(946), __webpack_require__.e(881)]).then(__webpack_require__.bind(__webpack_require__, 1881));
        return await work(call, around, settings);
    }
    catch (caught) {
        if (caught instanceof errors/* UserError */.y && caught.details.length > 0)
            error.foreign(caught.details.map((line) => `  | ${line}`));
        error.error((0,errors/* errorLine */.B)(withOrigin(caught, settings)));
        if (env.PYPACKAGER_DEBUG && caught instanceof Error && !(caught instanceof errors/* UserError */.y))
            error.foreign((caught.stack ?? '').split('\n'));
        if (json)
            print(stdout, `${(0,log_line/* jsonText */.s)({ error: told(caught) })}\n`);
        return (0,usage/* exitCodeOf */.FO)(caught);
    }
}
/** The last word of a fault that nobody caught. */
function crashed(error, stream, env) {
    (0,terminal_log/* terminalLog */.d)({ stream, verbose: false, env }).error((0,errors/* errorLine */.B)(error));
}
function told(error) {
    if (error instanceof errors/* UserError */.y)
        return { step: error.step, cause: error.message, next: error.next };
    return { step: 'pypackager', cause: (0,errors/* errorLine */.B)(error), next: '' };
}
/** A wrong value is told with the place where it stands, unless that is the command line. */
function withOrigin(error, settings) {
    if (!(error instanceof errors/* UserError */.y) || error.step !== 'inputs')
        return error;
    const input = /^[a-z-]+/.exec(error.message)?.[0] ?? '';
    const from = settings.get(input)?.from;
    return from ? new errors/* UserError */.y(from, error.message, error.next) : error;
}
async function ownVersion(dist) {
    const text = await (0,promises_.readFile)(external_node_path_.join(dist, '../package.json'), 'utf8');
    return JSON.parse(text).version;
}
function print(stream, text) {
    stream.write(text);
    return usage/* EXIT */.dc.done;
}


/***/ }),

/***/ 4761:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Wp: () => (/* binding */ usageError),
/* harmony export */   dc: () => (/* binding */ EXIT)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** Exit codes of the tool; a command in a container ends with its own. */
const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 };
const ARGUMENTS = 'arguments';
/** A command line that cannot be followed: the tool ends with code 2. */
function usageError(cause, next) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(ARGUMENTS, cause, next);
}
/** The code that the tool ends with for an error: 2 for what was typed or set wrongly, 1 for all else. */
function exitCodeOf(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y && (error.step === ARGUMENTS || error.step === 'inputs') ? EXIT.usage : EXIT.failed;
}


/***/ }),

/***/ 1711:
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

/***/ 3435:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ terminalLog)
/* harmony export */ });
/* harmony import */ var _log_line_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1711);

const DRAW_MS = 120;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const STYLES = { bold: 1, dim: 2, red: 31, yellow: 33, cyan: 36 };
/**
 * The log of a terminal: colours, and a last line that tells what is at work; in a pipe the same lines as plain text.
 * @see https://no-color.org
 */
function terminalLog({ stream, verbose, env }) {
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
        info: (text) => line(text),
        foreign: (lines) => lines.forEach((text) => void line(text, dim)),
        notice: (text) => line(text, (plain) => `${style('cyan', 'note:')} ${plain}`),
        warning: (text) => line(text, (plain) => `${style('yellow', 'warning:')} ${plain}`),
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
/* harmony export */   B: () => (/* binding */ errorLine),
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * An error that a user can mend. It becomes one `::error::` line of at most 300 characters:
 * the step, the cause, and what to do next.
 */
class UserError extends Error {
    name = 'UserError';
    step;
    next;
    place;
    /** What the log shows before the error line, e.g. the compiler's last lines. */
    details;
    /** Markdown for the job summary, '' for none. */
    report;
    constructor(step, cause, next, more = {}) {
        super(cause);
        this.step = step;
        this.next = next;
        this.place = more.place;
        this.details = more.details ?? [];
        this.report = more.report ?? '';
    }
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


/***/ }),

/***/ 6650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AO: () => (/* binding */ moduleName),
/* harmony export */   Br: () => (/* binding */ pathBelow),
/* harmony export */   Ej: () => (/* binding */ size),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   J5: () => (/* binding */ debName),
/* harmony export */   Vh: () => (/* binding */ readJson),
/* harmony export */   YA: () => (/* binding */ seconds),
/* harmony export */   aS: () => (/* binding */ requirement),
/* harmony export */   ag: () => (/* binding */ said),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   f1: () => (/* binding */ sha256Text),
/* harmony export */   hl: () => (/* binding */ address),
/* harmony export */   j8: () => (/* binding */ normalizedName),
/* harmony export */   jO: () => (/* binding */ entries),
/* harmony export */   lA: () => (/* binding */ fits),
/* harmony export */   n8: () => (/* binding */ line),
/* harmony export */   nI: () => (/* binding */ debianName),
/* harmony export */   nK: () => (/* binding */ wheelName),
/* harmony export */   oZ: () => (/* binding */ packageName),
/* harmony export */   rE: () => (/* binding */ version),
/* harmony export */   uv: () => (/* binding */ archiveName),
/* harmony export */   xy: () => (/* binding */ indexedRequirement)
/* harmony export */ });
/* harmony import */ var _renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9687);
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);


/**
 * The grammar of each kind of value that comes back from where foreign code ran: a stage, a container, a cache,
 * an index. Whatever is read from there passes one of these before it is used or shown.
 */
/** One line of text, without control characters. @param longest in characters */
function line(longest = 1000) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    return valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(longest), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/));
}
/** A binary package, with an architecture or without. @see Debian Policy 5.6.7 (Package) */
const debianName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(128), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?$/));
/** A name of a project or an extra, in any spelling. @see PEP 508 (Names) */
const packageName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(200), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/));
/** The same as indexes compare it. @see PEP 503 (Normalized Names) */
const normalizedName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(packageName, valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[a-z0-9]+(-[a-z0-9]+)*$/));
/** @see PEP 440 (Appendix B) */
const version = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(200), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[\w.!+-]+$/), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((text) => (0,_renovatebot_pep440__WEBPACK_IMPORTED_MODULE_0__/* .valid */ .rZ)(text) !== null));
/** The file name of a wheel: five or six parts. @see PEP 427 (File name convention) */
const wheelName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(255), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[A-Za-z0-9][\w.]*-[\w.!+]+(-\d[\w.]*)?-[\w.]+-[\w.]+-[\w.]+\.whl$/));
/** A path below a root, with `/`: it cannot lead out of it. */
const pathBelow = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(line(4096), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y(isBelow));
/** A .deb file. @see https://wiki.debian.org/PackagesAndFiles (NAME_VERSION_ARCHITECTURE.deb; apt writes `:` as `%3a`) */
const debName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(255), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[a-z0-9][a-z0-9+.-]+_[\w.+~%-]+_[a-z0-9-]+\.deb$/));
/** An sdist's or a wheel's file. */
const archiveName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(255), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[A-Za-z0-9][\w.+!-]*\.(whl|tar\.gz|zip|tar\.bz2|tgz)$/));
/** Where a file is fetched from: not with a variable, which uv would fill in. */
const address = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(line(4000), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\"'<>`]+$/), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((text) => !text.includes('${') && URL.canParse(text)));
/** A module by its dotted name. */
const moduleName = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(500), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*(\.[\p{L}\p{Nl}_][\p{L}\p{M}\p{N}_]*)*$/u));
const NAMED = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?[ \t]*(?:\[[\w., \t-]*\][ \t]*)?/;
const VERSIONS = /^(?:(?:~=|===?|!=|<=?|>=?)[ \t]*[\w.*+!-]+[ \t]*(?:,[ \t]*)?)*$/;
const MARKER = /^(?:[\w.<>=!~() \t]|'[^'\\]*'|"[^"\\]*")*$/;
/**
 * A requirement on a line of its own, which goes to files that resolvers read: no option, no comment, no variable.
 * Whether its versions and markers mean something is for them to say.
 * @see PEP 508
 */
const requirement = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(line(2000), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y(isRequirement));
/** One that is looked for on an index: not by an address. */
const indexedRequirement = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(requirement, valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[^@#]*$/));
function isRequirement(text) {
    if (text.length > 2000)
        return false;
    const [name = ''] = NAMED.exec(text) ?? [];
    const rest = text.slice(name.length);
    if (name === '')
        return false;
    if (!rest.startsWith('@')) {
        const [versions = '', ...marker] = rest.split(';');
        return VERSIONS.test(versions.trim().replace(/^\((.*)\)$/, '$1')) && MARKER.test(marker.join(';'));
    }
    const [, url = '', marker = ''] = /^@[ \t]*(\S+)(?:[ \t]+;(.*))?$/.exec(rest) ?? [];
    return valibot__WEBPACK_IMPORTED_MODULE_1__.is(valibot__WEBPACK_IMPORTED_MODULE_1__/* .union */ .KCZ([address, pathOf]), url) && MARKER.test(marker);
}
/** `name @ ./folder`, as old files have it. */
const pathOf = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(line(4000), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[\w.~][\w./~+-]*$/));
/** What a program says to people: one line, what cannot be shown left out. @param longest in characters, a longer one is cut */
function said(longest = 300) {
    return valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi((text) => {
        const shown = text
            .slice(0, longest * 4)
            .replace(/[\s\p{Cc}]+/gu, ' ')
            .trim();
        return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
    }));
}
/** A list that may not be longer than anybody needs. */
function listOf(item, most) {
    return valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J()), valibot__WEBPACK_IMPORTED_MODULE_1__/* .maxLength */ .Ru6(most), valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(item));
}
/** Hex, lower case. */
const sha256Text = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[0-9a-f]{64}$/));
/** Bytes. */
const size = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .minValue */ .Wwf(0));
/** A time that something took. */
const seconds = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .finite */ .E2x(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .minValue */ .Wwf(0));
function isBelow(path) {
    return path !== '' && !path.startsWith('/') && !path.includes('\\') && path.split('/').every((part) => !['', '.', '..'].includes(part));
}
/** Any object, not copied: it may be large. */
const object = valibot__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const MOST_ENTRIES = 1000;
/** The entries of an object that are of a kind, by their names; the others are left out. One of more than 1,000 is none. */
function entries(name, value) {
    const pick = (all) => Object.fromEntries(Object.entries(all).flatMap(([key, given]) => {
        const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(value, given, { abortEarly: true });
        return valibot__WEBPACK_IMPORTED_MODULE_1__.is(name, key) && result.success ? [[key, result.output]] : [];
    }));
    return valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(object, valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6Y((all) => Object.keys(all).length <= MOST_ENTRIES), valibot__WEBPACK_IMPORTED_MODULE_1__/* .transform */ .pdi(pick));
}
/** Whether a value is of a kind. */
function fits(schema, value) {
    return valibot__WEBPACK_IMPORTED_MODULE_1__.is(schema, value);
}
/**
 * A JSON document of a kind, its unknown keys left out.
 * @returns undefined where the text is no JSON, or not of that kind
 */
function readJson(schema, text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    const result = valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeParse */ .xLC(schema, value, { abortEarly: true });
    return result.success ? result.output : undefined;
}


/***/ }),

/***/ 5106:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AS: () => (/* binding */ pairs),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   NR: () => (/* binding */ signingKey),
/* harmony export */   P7: () => (/* binding */ extra),
/* harmony export */   T1: () => (/* binding */ pattern),
/* harmony export */   Tn: () => (/* binding */ pythonVersion),
/* harmony export */   U$: () => (/* binding */ packages),
/* harmony export */   UP: () => (/* binding */ GROUP),
/* harmony export */   Uq: () => (/* binding */ writablePath),
/* harmony export */   WD: () => (/* binding */ labels),
/* harmony export */   cA: () => (/* binding */ environment),
/* harmony export */   dB: () => (/* binding */ refuseControls),
/* harmony export */   hl: () => (/* binding */ address),
/* harmony export */   iZ: () => (/* binding */ relativePath),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   z3: () => (/* binding */ credentials)
/* harmony export */ });
/* unused harmony export wrong */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _plan_system_folders_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(38);
/* harmony import */ var _project_names_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3669);
/* harmony import */ var _project_netrc_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4001);





// How the text of one input is read. Each takes the input's name, for its error, and the value.
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
function oneOf(input, value, legal) {
    const found = legal.find((candidate) => candidate === value);
    if (found !== undefined)
        return found;
    const near = (0,_project_names_js__WEBPACK_IMPORTED_MODULE_4__/* .didYouMean */ .a)(value, legal);
    throw wrong(input, value, `one of ${legal.join(', ')}${near ? ` (did you mean ${near}?)` : ''}`);
}
function pattern(input, value, legal, words) {
    if (value === '' || legal.test(value))
        return value;
    throw wrong(input, value, words);
}
/** @throws UserError for what is no version; 3.1 is what YAML makes of 3.10 without quotes */
function pythonVersion(value) {
    const input = 'python-version';
    if (value === '3.1') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('inputs', `${input} is "3.1", which is what YAML makes of 3.10`, `Write it in quotes: ${input}: '3.10'`);
    }
    return pattern(input, value, /^3\.\d{1,2}$/, 'a version such as 3.13');
}
/** An index; it may hold a password, so it is not repeated. */
function address(input, value) {
    if (value === '' || (/^https?:\/\/\S+$/.test(value) && URL.canParse(value)))
        return value;
    throw wrong(input, '…', 'an http or https address');
}
function credentials(text) {
    (0,_project_netrc_js__WEBPACK_IMPORTED_MODULE_3__/* .readNetrc */ .f)(text);
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
/** The name of an extra, or `group:NAME`, normalised. */
function extra(input, text) {
    const group = text.startsWith(GROUP);
    const name = group ? text.slice(GROUP.length).trim() : text;
    if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
        throw wrong(input, text, 'names of extras (and group:NAME for dependency groups), one a line or separated by commas');
    }
    return `${group ? GROUP : ''}${(0,_project_names_js__WEBPACK_IMPORTED_MODULE_4__/* .normalizeName */ .P)(name)}`;
}
function packages(input, text) {
    const names = text.split(/[\s,]+/).filter(Boolean);
    const odd = names.find((name) => !/^[a-z0-9][a-z0-9+.-]+$/.test(name));
    if (odd !== undefined)
        throw wrong(input, odd, 'names of Debian packages');
    return [...new Set(names)].sort();
}
function environment(input, text) {
    return pairs(input, text, /^[A-Za-z_][A-Za-z0-9_]*$/);
}
/** Lines of `NAME=value`. @param secret they are not repeated in the error */
function pairs(input, text, legal, secret = false) {
    return Object.fromEntries(lines(text).map((line) => {
        const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(line) ?? [];
        if (!legal.test(name))
            throw wrong(input, secret ? '…' : line, 'lines of the form NAME=value');
        return [name, value];
    }));
}
/** Image labels; those below `io.pypackager.` are facts, by which images are found. */
function labels(text) {
    const all = pairs('labels', text, /^[a-zA-Z0-9][\w./-]*$/);
    const ours = Object.keys(all).find((name) => name.startsWith('io.pypackager.'));
    if (ours)
        throw wrong('labels', ours, 'a label outside io.pypackager, which are ours');
    return all;
}
/** Whoever can read the cache can try keys against a signature, without anybody noticing: a short one is soon found. */
function signingKey(value) {
    if (value === '' || value.length >= 32)
        return value;
    throw wrong('cache-signing-key', '…', '32 characters at least, such as `openssl rand -hex 32` makes');
}
/** NUL ends an argument early, and other control characters have no business in any input. */
function refuseControls(input, value, secret) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/.test(value))
        throw wrong(input, secret ? '…' : value.replace(/[^\x20-\x7e]/g, '?'), 'text without control characters');
    return value.replaceAll('\r\n', '\n');
}
/** A path in the image, relative to /app or absolute, as an absolute one. The system's folders stay root's. */
function writablePath(input, value) {
    const wanted = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve('/app', value);
    if (!/^[\w./@+-]+$/.test(wanted) || _plan_system_folders_js__WEBPACK_IMPORTED_MODULE_2__/* .OF_SYSTEM */ .m.test(wanted)) {
        throw wrong(input, value, 'lines of paths in the image, relative to /app or absolute, and no folder of the system');
    }
    return wanted;
}
function wrong(input, value, legal) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('inputs', `${input} is "${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`, `It must be ${legal}.`);
}


/***/ }),

/***/ 646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fg: () => (/* binding */ chosenNames),
/* harmony export */   Ko: () => (/* binding */ readInputs),
/* harmony export */   Qh: () => (/* binding */ INPUT_NAMES)
/* harmony export */ });
/* unused harmony exports TARGETS, SECRET_INPUTS */
/* harmony import */ var _input_values_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5106);
/* harmony import */ var _plan_commands_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2621);
/* harmony import */ var _plan_volumes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(668);



const TARGETS = ['plan', 'base', 'builder', 'wheels', 'test', 'dev', 'release'];
const CACHE_MODES = ['auto', 'always', 'never'];
const BYTECODE = ['used', 'all', 'none'];
const CHECKS = ['error', 'warn', 'off'];
const UPDATES = ['none', 'security'];
const WHEEL = ['auto', 'never'];
const BOOLEAN = ['true', 'false'];
/** The names in action.yml, one for each field; a forgotten one is a type error. */
const INPUT_NAMES = {
    path: 'path',
    namespace: 'namespace',
    imageName: 'image-name',
    version: 'version',
    setVersion: 'set-version',
    wheel: 'wheel',
    registry: 'registry',
    extras: 'extras',
    requirements: 'requirements',
    push: 'push',
    parentImage: 'parent-image',
    updates: 'updates',
    baseImage: 'base-image',
    builderImage: 'builder-image',
    baseDockerfile: 'base-dockerfile',
    builderDockerfile: 'builder-dockerfile',
    dockerfile: 'dockerfile',
    pythonVersion: 'python-version',
    wheelhouse: 'wheelhouse',
    indexUrl: 'index-url',
    extraIndexUrls: 'extra-index-urls',
    indexCredentials: 'index-credentials',
    caBundle: 'ca-bundle',
    cache: 'cache',
    cacheSuffix: 'cache-suffix',
    cacheSigningKey: 'cache-signing-key',
    target: 'target',
    username: 'username',
    password: 'password',
    githubToken: 'github-token',
    tagSuffix: 'tag-suffix',
    command: 'command',
    user: 'user',
    writable: 'writable',
    bytecode: 'bytecode',
    healthcheck: 'healthcheck',
    collectstatic: 'collectstatic',
    imageEnv: 'image-env',
    buildNetwork: 'build-network',
    buildPackages: 'build-packages',
    runtimePackages: 'runtime-packages',
    excludeNewer: 'exclude-newer',
    secrets: 'secrets',
    buildCommand: 'build-command',
    testExtras: 'test-extras',
    testCommand: 'test-command',
    run: 'run',
    manage: 'manage',
    ports: 'ports',
    volumes: 'volumes',
    env: 'env',
    network: 'network',
    checks: 'checks',
    timeout: 'timeout',
    tags: 'tags',
    flavor: 'flavor',
    labels: 'labels',
    sbom: 'sbom',
    attest: 'attest',
    platform: 'platform',
    matrix: 'matrix',
};
/** Inputs that are never printed. */
const SECRET_INPUTS = [
    'password',
    'github-token',
    'index-url',
    'extra-index-urls',
    'index-credentials',
    'cache-signing-key',
    'secrets',
];
/**
 * Reads and checks every input.
 * @param get gives the trimmed text of an input, '' where it is not set
 * @throws UserError naming the input, the value and the legal ones
 */
function readInputs(get) {
    const text = (field) => {
        const name = INPUT_NAMES[field];
        return (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseControls */ .dB)(name, get(name), SECRET_INPUTS.includes(name));
    };
    const image = (field) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)(INPUT_NAMES[field], text(field), /^[A-Za-z0-9][\w.:/@-]*$/, 'an image reference such as python:3.13-slim');
    const file = (field) => text(field) && (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .relativePath */ .iZ)(INPUT_NAMES[field], text(field));
    const asked = { extras: names('extras', text('extras')), test: names('test-extras', text('testExtras')) };
    return {
        path: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .relativePath */ .iZ)('path', text('path') || '.'),
        namespace: text('namespace'),
        imageName: text('imageName'),
        version: text('version'),
        setVersion: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('set-version', text('setVersion') || 'false', BOOLEAN) === 'true',
        wheel: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('wheel', text('wheel') || 'auto', WHEEL),
        registry: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('registry'))[0] ?? '',
        mirrors: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('registry')).slice(1),
        extrasText: text('extras'),
        ...asked.extras,
        requirements: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(text('requirements')).map((file) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .relativePath */ .iZ)('requirements', file)),
        push: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('push', text('push') || 'false', BOOLEAN) === 'true',
        parentImage: image('parentImage'),
        updates: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('updates', text('updates') || 'none', UPDATES),
        baseImage: image('baseImage'),
        builderImage: image('builderImage'),
        baseDockerfile: file('baseDockerfile'),
        builderDockerfile: file('builderDockerfile'),
        dockerfile: file('dockerfile'),
        pythonVersion: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pythonVersion */ .Tn)(text('pythonVersion')),
        wheelhouse: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .below */ .Gz)('wheelhouse', text('wheelhouse') || 'wheelhouse'),
        indexUrl: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .address */ .hl)('index-url', text('indexUrl')),
        extraIndexUrls: text('extraIndexUrls')
            .split(/\s+/)
            .filter(Boolean)
            .map((url) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .address */ .hl)('extra-index-urls', url)),
        indexCredentials: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .credentials */ .z3)(text('indexCredentials')),
        caBundle: text('caBundle'),
        cache: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('cache', text('cache') || 'auto', CACHE_MODES),
        cacheSuffix: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('cache-suffix', text('cacheSuffix'), /^[\w.-]{1,64}$/, 'letters, digits, . _ and - (64 at most)'),
        cacheSigningKey: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .signingKey */ .NR)(get(INPUT_NAMES.cacheSigningKey)),
        target: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('target', text('target') || 'release', TARGETS),
        platform: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('platform', text('platform'), /^linux\/[a-z0-9]+(\/v\d+)?$/, 'a platform such as linux/amd64'),
        username: text('username'),
        password: get(INPUT_NAMES.password),
        githubToken: text('githubToken'),
        tagSuffix: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('tag-suffix', text('tagSuffix'), /^[\w.-]{1,64}$/, 'letters, digits, . _ and - (64 at most)'),
        tags: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('tags')),
        flavor: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('flavor')),
        labels: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .labels */ .WD)(text('labels')),
        sbom: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('sbom', text('sbom') || 'true', BOOLEAN) === 'true',
        attest: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('attest', text('attest') || 'false', BOOLEAN) === 'true',
        command: text('command'),
        user: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('user', text('user') || '10001', /^(root|\d{1,9}(:\d{1,9})?)$/, 'a uid such as 10001, uid:gid, or root'),
        writable: [...new Set((0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('writable')).map((line) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .writablePath */ .Uq)('writable', line)))],
        bytecode: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('bytecode', text('bytecode') || 'used', BYTECODE),
        healthcheck: text('healthcheck'),
        collectstatic: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('collectstatic', text('collectstatic') || 'auto', CACHE_MODES),
        imageEnv: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .environment */ .cA)('image-env', text('imageEnv')),
        buildNetwork: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('build-network', text('buildNetwork'), /^(host|default)$/, 'host or default'),
        buildPackages: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .packages */ .U$)('build-packages', text('buildPackages')),
        runtimePackages: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .packages */ .U$)('runtime-packages', text('runtimePackages')),
        excludeNewer: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('exclude-newer', text('excludeNewer'), /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/, 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z'),
        secrets: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pairs */ .AS)('secrets', text('secrets'), /^[A-Za-z0-9][\w.-]*$/, true),
        buildCommand: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('buildCommand')),
        testExtras: asked.test.extras,
        testGroups: asked.test.groups,
        testCommand: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('testCommand')),
        run: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('run')),
        manage: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('manage')).filter((line) => (0,_plan_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .splitWords */ .yM)('manage', line).length > 0),
        ports: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('ports')).map((port) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('ports', port, /^(\[?[0-9a-f.:]+\]?:)?\d*:\d+(-\d+)?(\/(tcp|udp))?$|^\d+(\/(tcp|udp))?$/, 'lines of host:container, such as 8000:8000')),
        volumes: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)(text('volumes')).map((volume) => {
            (0,_plan_volumes_js__WEBPACK_IMPORTED_MODULE_2__/* .readVolume */ .jg)(volume);
            return volume;
        }),
        env: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .environment */ .cA)('env', text('env')),
        network: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('network', text('network'), /^[A-Za-z0-9][\w.:-]*$/, 'the name of a Docker network, such as host'),
        checks: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .oneOf */ .yL)('checks', text('checks') || 'error', CHECKS),
        timeout: (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .pattern */ .T1)('timeout', text('timeout'), /^(?=.*[1-9])\d{1,4}(\.\d+)?$/, 'minutes for each step, such as 30'),
        matrix: get(INPUT_NAMES.matrix),
    };
}
/** Extras, and dependency groups where a name begins with `group:`. */
function names(input, text) {
    const wanted = [...new Set((0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .list */ .p_)(text).map((name) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .extra */ .P7)(input, name)))];
    return {
        extras: wanted.filter((name) => !name.startsWith(_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .GROUP */ .UP)),
        groups: wanted.filter((name) => name.startsWith(_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .GROUP */ .UP)).map((name) => name.slice(_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .GROUP */ .UP.length)),
    };
}
/** Extras and groups as one list, as the user would write them. */
function chosenNames({ extras, groups }) {
    return [...extras, ...groups.map((name) => `${_input_values_js__WEBPACK_IMPORTED_MODULE_0__/* .GROUP */ .UP}${name}`)];
}


/***/ }),

/***/ 2621:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lq: () => (/* binding */ manageCommand),
/* harmony export */   Tg: () => (/* binding */ shellLine),
/* harmony export */   Vi: () => (/* binding */ linesCommand),
/* harmony export */   yM: () => (/* binding */ splitWords)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _dockerfile_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4985);


/**
 * One command for all lines: they share a container, so that what one writes the next one finds.
 * @param driver the text of src/stages/commands/lines.sh
 * @param mark a word that no program knows: what is printed after each line begins with it
 */
function linesCommand(driver, mark, commands) {
    return ['sh', '-c', driver, 'lines', mark, ...commands.flatMap(({ limit, shell }) => [String(limit), shell])];
}
/** Words as a line that a shell reads as these very words. */
function shellLine(words) {
    return words.map(_dockerfile_words_js__WEBPACK_IMPORTED_MODULE_1__/* .shellQuote */ .ZL).join(' ');
}
/**
 * The command that finds the project's management program in the image and becomes it.
 * @param finder the text of src/stages/commands/manage.py
 * @param project the name of the project's distribution, whose console scripts may do manage.py's work
 * @param words what manage.py gets, as they are
 */
function manageCommand(finder, project, words) {
    return ['python', '-c', finder, project, ...words];
}
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
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('inputs', `${input} has a line with an open quote: ${line}`, 'Close it, or put \\ before it.');
        words.push(unquote(word));
        rest = rest.trimStart();
    }
    return words;
}
const WORD = /^(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/s;
function unquote(word) {
    return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_all, single, double, escaped) => {
        if (single !== undefined)
            return single;
        return double === undefined ? (escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1');
    });
}


/***/ }),

/***/ 4985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $B: () => (/* binding */ bare),
/* harmony export */   AS: () => (/* binding */ pairs),
/* harmony export */   K$: () => (/* binding */ NOTHING),
/* harmony export */   K6: () => (/* binding */ debian),
/* harmony export */   TE: () => (/* binding */ dockerfile),
/* harmony export */   TT: () => (/* binding */ assignments),
/* harmony export */   WQ: () => (/* binding */ whole),
/* harmony export */   ZL: () => (/* binding */ shellQuote),
/* harmony export */   cA: () => (/* binding */ execForm),
/* harmony export */   ep: () => (/* binding */ bindFrom),
/* harmony export */   oI: () => (/* binding */ bind),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   r7: () => (/* binding */ shellWord),
/* harmony export */   rJ: () => (/* binding */ secret)
/* harmony export */ });
/* unused harmony export quoted */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6650);


/** The text as it is written, with words that were quoted. */
function dockerfile(texts, ...words) {
    return String.raw({ raw: texts }, ...words);
}
const NOTHING = dockerfile ``;
function joined(words, separator = '') {
    return words.join(separator);
}
/**
 * A word without quotes: the name of a stage, a package, an image, a path, a time, a hash.
 * @throws UserError for whatever would be more than one word, or something else than itself
 */
function bare(text) {
    if (/^[A-Za-z0-9][\w.:/@+!-]{0,4095}$/.test(text))
        return text;
    throw refused(text, 'it is no plain word');
}
/** A Debian package. @throws UserError for what is none: to apt it might be an option, or a file */
function debian(name) {
    if ((0,_grammar_js__WEBPACK_IMPORTED_MODULE_1__/* .fits */ .lA)(_grammar_js__WEBPACK_IMPORTED_MODULE_1__/* .debianName */ .nI, name))
        return name;
    throw refused(name, 'it is no name of a Debian package');
}
/** @throws UserError for what is no whole number from 0 on */
function whole(number) {
    if (Number.isSafeInteger(number) && number >= 0)
        return String(number);
    throw refused(String(number), 'it is no whole number');
}
/** A word for the shell of a RUN instruction. @throws UserError for one that is not on one line */
function shellWord(text) {
    return shellQuote(onOneLine(text));
}
/** A quoted word of an instruction: `$` is not a variable there. @throws UserError for one that is not on one line */
function quoted(text) {
    return `"${onOneLine(text).replace(/[\\"$]/g, '\\$&')}"`;
}
/** The exec form of CMD: a JSON list, whose texts hold line ends as escapes. @see https://docs.docker.com/reference/dockerfile/#cmd */
function execForm(words) {
    const odd = words.find((word) => word.includes('\0'));
    if (odd !== undefined)
        throw refused(odd, 'no program takes an argument with a NUL');
    return JSON.stringify(words);
}
/** One instruction for all pairs: each instruction costs a step of the build. */
function pairs(instruction, values) {
    const words = Object.entries(values).map(([name, value]) => dockerfile `${instruction === 'ENV' ? variable(name) : bare(name)}=${quoted(value)}`);
    return words.length > 0 ? dockerfile `${bare(instruction)} ${joined(words, ' \\\n    ')}\n` : NOTHING;
}
/** Variables before a command of a shell. @throws UserError where a name is none */
function assignments(env) {
    return joined(Object.entries(env).map(([name, value]) => dockerfile `${variable(name)}=${shellWord(value)} `));
}
function bind(source, target, mode) {
    return dockerfile `--mount=type=bind,source=${place(source)},target=${place(target)}${mode ? dockerfile `,rw` : NOTHING}`;
}
function bindFrom(from, source, target, mode) {
    return dockerfile `--mount=type=bind,from=${bare(from)},source=${place(source)},target=${place(target)}${mode ? dockerfile `,rw` : NOTHING}`;
}
function secret(id, target) {
    return dockerfile `--mount=type=secret,id=${bare(id)}${target === undefined ? NOTHING : dockerfile `,target=${place(target)}`}`;
}
/** A word for a shell, whatever it holds. */
function shellQuote(text) {
    return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
/** A path of a mount: a comma would begin another field. */
function place(path) {
    return path.startsWith('/') ? (path === '/' ? dockerfile `/` : dockerfile `/${bare(path.slice(1))}`) : bare(path);
}
function variable(name) {
    if (/^[A-Za-z_]\w*$/.test(name))
        return name;
    throw refused(name, 'it is no name of a variable');
}
function onOneLine(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    if (!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text))
        return text;
    throw refused(text, 'it has a line end or another control character');
}
function refused(text, why) {
    const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('plan', `${shown} cannot be written into the Dockerfile: ${why}`, 'Correct what says so.');
}


/***/ }),

/***/ 38:
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

/***/ 668:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HU: () => (/* binding */ runsAs),
/* harmony export */   jg: () => (/* binding */ readVolume),
/* harmony export */   nH: () => (/* binding */ isWritable)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

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
    if (host.startsWith('.') || host.includes('/'))
        return { kind: 'workspace', host, container, mode };
    if (/^[A-Za-z0-9][A-Za-z0-9_.-]+$/.test(host))
        return { kind: 'named', host, container, mode };
    throw illegal(line, 'A folder of the workspace begins with ./');
}
function isWritable({ mode }) {
    return !mode.split(',').some((word) => word === 'ro' || word === 'readonly');
}
function illegal(line, next) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('inputs', `the volume "${line}" cannot be mounted`, next);
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

/***/ 4001:
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
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('inputs', `index-credentials: ${cause}`, next);
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


/***/ })

};
