/** The tag that holds a run's name beside the run itself. A user may delete it; the run keeps its name. */
export const runNameTag = 'mlflow.runName';

const manners = (
  'able agile amber ample apt blithe bold brave breezy bright brisk calm candid capable careful cheerful clever cosmic crisp curious daring ' +
  'deft dapper eager earnest fabled fearless fleet fond frank gentle glad gleaming golden grand hardy honest humble jolly judicious keen kind ' +
  'languid legendary lively loud lucid luminous marvelous mellow merciful mighty nimble nosy omniscient patient placid polite proud quick quiet ' +
  'rare rebellious resilient rustic salty sassy serious shining skillful smiling sneaky spiffy stately stylish sunny tidy traveling trusting ' +
  'unique upbeat valiant vigilant vivid welcoming wise worthy zealous'
).split(' ');

const animals = (
  'ant auk bass bat bear bee bird boar bug calf carp cat chimp cod colt conch cow crab crane crow cub deer doe dog dolphin donkey dove duck eel ' +
  'elk fawn finch fish flea fly foal fowl fox frog gnat gnu goat goose grouse grub gull hare hawk hen hog horse hound jay kit kite koi lamb lark ' +
  'lynx mare midge mink mole moose moth mouse mule newt owl ox panda perch pig pug quail ram rat ray robin rook seal shad shark sheep shoat ' +
  'shrew shrike shrimp skink skunk sloth slug smelt snail snake snipe sow squid stag steed stoat stork swan tern toad trout turtle vole wasp ' +
  'whale wolf worm wren yak zebra'
).split(' ');

function pick(words: readonly string[]): string {
  return words[Math.floor(Math.random() * words.length)] ?? '';
}

/** A name for a run whose user gave none, such as `brisk-heron-417`. */
export function generateRunName(): string {
  return `${pick(manners)}-${pick(animals)}-${Math.floor(Math.random() * 1000)}`;
}
