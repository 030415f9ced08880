// TypeScript definitions of urn:backdata:schema:backdata:0.1, generated from its JSON Schema.
// In an ES module, with target ES2022 or later: import type { Backdata } from "./backdata.js";

/**
 * The muscles of the back with their resolved facts, for applications: groups as a tree, muscles in
 * anatomical order, each fact with its sources and whether it is contested. Ignore keys that you do not know:
 * keys may be added under this name, and none is taken away.
 */
export interface Backdata {
  /**
   * The contract that this document keeps.
   * @example "urn:backdata:schema:backdata:0.1"
   */
  readonly $schema: "urn:backdata:schema:backdata:0.1";
  /**
   * Version of the data.
   * @example "0.1.0"
   */
  readonly version: string;
  /** Under which licence the facts may be used. */
  readonly licence: Licence;
  /** The sources in which the facts were read. */
  readonly sources: readonly Source[];
  /** The groups of muscles as a tree, in anatomical order. */
  readonly groups: readonly Group[];
  /** All muscles, sets and named parts in anatomical order, parts right after their whole. */
  readonly muscles: readonly Muscle[];
  /** The terms that facts refer to by id, and what is known of vessels. */
  readonly vocabulary: Vocabulary;
  /** Ids that were published once and are no longer, so that applications can take them out. */
  readonly withdrawn: readonly Withdrawn[];
}

/**
 * A readable permanent name, given once and never reused.
 * @example "splenius-capitis"
 */
export type Id = string;

/**
 * One vertebra (C1–C7, T1–T12, L1–L5, S1–S5, Co1–Co4), Occ for the occiput, one rib (R1–R12), or one spinal
 * nerve (C1–C8, T1–T12, L1–L5, S1–S5, Co1).
 * @example "T12"
 */
export type Level =
  | "Occ" | "C1" | "C2" | "C3" | "C4" | "C5" | "C6" | "C7" | "C8" | "T1" | "T2" | "T3" | "T4" | "T5" | "T6"
  | "T7" | "T8" | "T9" | "T10" | "T11" | "T12" | "L1" | "L2" | "L3" | "L4" | "L5" | "S1" | "S2" | "S3" | "S4"
  | "S5" | "Co1" | "Co2" | "Co3" | "Co4" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "R8" | "R9" | "R10"
  | "R11" | "R12";

/** Vertebrae, ribs or spinal nerves, from above downwards. */
export interface Levels {
  /**
   * As a person writes them; what is found only sometimes stands in parentheses.
   * @example "C7–T3 (T4)"
   */
  readonly text: string;
  /**
   * What the levels count: vertebra, rib, or nerve for spinal nerves.
   * @example "vertebra"
   */
  readonly of: "vertebra" | "rib" | "nerve";
  /** Every level that is always meant, one by one. */
  readonly always: readonly Level[];
  /** Every level that is found only sometimes. */
  readonly sometimes: readonly Level[];
}

/** Under which licence the facts may be used. */
export interface Licence {
  /**
   * SPDX identifier of the licence.
   * @example "CC-BY-4.0"
   */
  readonly id: string;
  /**
   * Its name.
   * @example "Creative Commons Attribution 4.0 International"
   */
  readonly name: string;
  /**
   * Where it can be read.
   * @example "https://creativecommons.org/licenses/by/4.0/"
   */
  readonly url: string;
}

/** One source, and where in it. */
export interface Citation {
  /** Id of an entry of `sources`. */
  readonly id: Id;
  /**
   * Page, where it is known.
   * @example "402"
   */
  readonly page: string | null;
}

/** Where it was read: first the source whose wording decides, then others that state the same. */
export type Citations = readonly Citation[];

/** Numbers of the same thing in other catalogues; null where none was read. */
export interface Identifiers {
  /**
   * Number in Terminologia Anatomica 2.
   * @example "2272"
   */
  readonly ta2: string | null;
  /**
   * Code in Terminologia Anatomica 1998.
   * @example "A04.3.02.102"
   */
  readonly ta98: string | null;
  /**
   * Identifier in the Foundational Model of Anatomy.
   * @example "FMA:22653"
   */
  readonly fma: string | null;
  /**
   * Identifier in Uberon.
   * @example "UBERON:0000711"
   */
  readonly uberon: string | null;
}

/** Numbers of the same thing in other catalogues; null where none was read. */
export interface TermIdentifiers {
  /**
   * Identifier in the Foundational Model of Anatomy.
   * @example "FMA:22653"
   */
  readonly fma: string | null;
  /**
   * Identifier in Uberon.
   * @example "UBERON:0000711"
   */
  readonly uberon: string | null;
}

/**
 * A group of muscles. What its own row leaves open is taken from the group above it, names, identifiers and
 * sources excepted.
 */
export interface Group {
  /**
   * Permanent id of the group, given once and never used for anything else.
   * @example "erector-spinae"
   */
  readonly id: Id;
  /**
   * English name of the group.
   * @example "erector spinae"
   */
  readonly name: string;
  /**
   * Latin name after Terminologia Anatomica 2.
   * @example "M. erector spinae"
   */
  readonly latin: string | null;
  /** Other names. */
  readonly synonyms: readonly string[];
  /** What the group is, in one sentence. */
  readonly definition: string;
  /**
   * Whether its muscles are muscles of the back by origin. extrinsic: immigrated muscles. intrinsic: the
   * back's own muscles.
   * @example "intrinsic"
   */
  readonly division: "extrinsic" | "intrinsic" | null;
  /**
   * How deep its muscles lie.
   * @example "deep"
   */
  readonly layer: "superficial" | "intermediate" | "deep" | "suboccipital" | null;
  /**
   * Where its muscles come from: an id of vocabulary.developments.
   * @example "epaxial"
   */
  readonly development: Id | null;
  /**
   * Where its muscles formed; null where no source says. local: formed where they lie. immigrated: grew into
   * the back from elsewhere.
   * @example "local"
   */
  readonly place: "local" | "immigrated" | null;
  /** What its muscles do as a group. */
  readonly role: readonly (
    | "movement of the upper limb" | "respiration" | "posture" | "movement of the spine about three axes"
    | "movement of the head" | "stabilisation"
  )[];
  /** Kinds of structure its muscles may arise from. */
  readonly origin_on: readonly (
    | "spinous process" | "transverse process" | "articular process" | "lamina" | "skull" | "sacrum" | "rib"
    | "hip bone" | "shoulder girdle" | "upper limb" | "ligament" | "fascia"
  )[];
  /** Kinds of structure its muscles may insert on. */
  readonly insertion_on: readonly (
    | "spinous process" | "transverse process" | "articular process" | "lamina" | "skull" | "sacrum" | "rib"
    | "hip bone" | "shoulder girdle" | "upper limb" | "ligament" | "fascia"
  )[];
  /**
   * Where the insertions lie. above: above the origins. below: below the origins.
   * @example "above"
   */
  readonly insertion_lies: "above" | "below" | null;
  /**
   * Where the origins of its muscles lie, ribs counted as the vertebrae of the same number; sometimes: what
   * only some sources have.
   */
  readonly origin_levels: Levels | null;
  /**
   * Where the insertions of its muscles lie, ribs counted as the vertebrae of the same number; sometimes:
   * what only some sources have.
   */
  readonly insertion_levels: Levels | null;
  /**
   * For segmental muscles: how many vertebrae an insertion may lie above or below its origin.
   * @example "1–2 up"
   */
  readonly steps: string | null;
  /** What its muscles move. */
  readonly moves: readonly (
    | "head" | "neck" | "cervical spine" | "thoracic spine" | "lumbar spine" | "thoracic and lumbar spine"
    | "spine" | "scapula" | "clavicle" | "arm" | "ribs" | "thorax" | "pelvis"
  )[];
  /** Of what they move, that for which they are there. */
  readonly moves_chiefly: readonly (
    | "head" | "neck" | "cervical spine" | "thoracic spine" | "lumbar spine" | "thoracic and lumbar spine"
    | "spine" | "scapula" | "clavicle" | "arm" | "ribs" | "thorax" | "pelvis"
  )[];
  /**
   * The movement that each of its muscles brings about when both sides act together.
   * @example "extension"
   */
  readonly both_sides: Id | null;
  /**
   * To which side its muscles turn head and spine. ipsilateral: to their own side. contralateral: to the
   * other side.
   * @example "contralateral"
   */
  readonly rotates_to: "ipsilateral" | "contralateral" | null;
  /** The nerves that may move its muscles; empty: any with the right ramus. */
  readonly supplied_by: readonly Id[];
  /** Numbers of the same thing in other catalogues. */
  readonly identifiers: Identifiers;
  /** Where it was read. */
  readonly sources: Citations;
  /** The rami that may supply its muscles, as their development has it. */
  readonly rami: readonly ("posterior" | "anterior" | "cranial")[];
  /** Stated on the group itself: where its muscles arise. */
  readonly origins: readonly Attachment[];
  /** Stated on the group itself: where they insert. */
  readonly insertions: readonly Attachment[];
  /** Stated on the group itself: what they do. */
  readonly actions: readonly Action[];
  /** Stated on the group itself: what supplies them. */
  readonly innervations: readonly Innervation[];
  /** Stated on the group itself: what feeds them. */
  readonly blood_supply: readonly BloodSupply[];
  /** Ids of the muscles that belong to this group itself, in anatomical order, without their parts. */
  readonly muscles: readonly Id[];
  /** The groups within it, in anatomical order. */
  readonly children: readonly Group[];
}

/**
 * A muscle, set of muscles or named part, with every fact that holds for it, wherever it is stated. Facts
 * stand by item, the preferred reading first.
 */
export interface Muscle {
  /**
   * Permanent id of the muscle.
   * @example "splenius-capitis"
   */
  readonly id: Id;
  /**
   * English name of the muscle.
   * @example "splenius capitis"
   */
  readonly name: string;
  /**
   * Latin name after Terminologia Anatomica 2.
   * @example "M. splenius capitis"
   */
  readonly latin: string | null;
  /** Other names. */
  readonly synonyms: readonly string[];
  /** Id of the group it belongs to; a part belongs to its whole's. */
  readonly group: Id;
  /**
   * For a part: id of the muscle that it is a part of.
   * @example "trapezius"
   */
  readonly part_of: Id | null;
  /** Ids of its named parts, from above downwards. */
  readonly parts: readonly Id[];
  /**
   * Whether it is a muscle of the back by origin, as its group is. extrinsic: immigrated muscles. intrinsic:
   * the back's own muscles.
   * @example "intrinsic"
   */
  readonly division: "extrinsic" | "intrinsic" | null;
  /**
   * How deep it lies, as its group does.
   * @example "deep"
   */
  readonly layer: "superficial" | "intermediate" | "deep" | "suboccipital" | null;
  /** Where it comes from: an id of vocabulary.developments. Its own, else its group's. */
  readonly development: Id | null;
  /**
   * How regularly it is found. constant: always found. usual: usually found. inconstant: sometimes found.
   * @example "constant"
   */
  readonly constancy: "constant" | "usual" | "inconstant";
  /** Numbers of the same muscle in other catalogues. */
  readonly identifiers: Identifiers;
  /**
   * A short remark for readers.
   * @example "the eleven pairs of Gray 1918"
   */
  readonly note: string | null;
  /** Where its name and place were read. */
  readonly sources: Citations;
  /** Where it arises. */
  readonly origins: readonly Attachment[];
  /** Where it inserts. */
  readonly insertions: readonly Attachment[];
  /** What it does. */
  readonly actions: readonly Action[];
  /** What supplies it. */
  readonly innervations: readonly Innervation[];
  /** What feeds it. */
  readonly blood_supply: readonly BloodSupply[];
}

/** One reading of one origin or insertion. */
export interface Attachment {
  /**
   * Permanent id of the statement: muscle, part or group where it is stated, topic, item. Readings of one
   * item share it.
   * @example "splenius-capitis.origin.2"
   */
  readonly id: string;
  /**
   * Number of the item. Items are joined by “and”; readings of one item are joined by “or”. Parts that answer
   * for their whole each count their own.
   * @example 1
   */
  readonly item: number;
  /**
   * Whose reading it is. preferred: what we teach. alternative: what another source says instead. addition:
   * what only this source adds.
   * @example "preferred"
   */
  readonly reading: "preferred" | "alternative" | "addition";
  /**
   * The fact in words, as a textbook table has it.
   * @example "spinous processes of C7–T3 (T4)"
   */
  readonly text: string;
  /**
   * Id of the structure that it is attached to: an entry of vocabulary.structures.
   * @example "spinous-process"
   */
  readonly structure: Id;
  /** Which vertebrae or ribs: C7, T1–T4, R9–R12. */
  readonly levels: Levels | null;
  /**
   * Which part of the structure; reads after its name.
   * @example "lateral half"
   */
  readonly part: string | null;
  /**
   * For insertions of segmental muscles: how many vertebrae above or below the origin.
   * @example "2–4 up"
   */
  readonly from_origin: string | null;
  /**
   * How regularly it is found; null = always. constant: always found. usual: usually found. inconstant:
   * sometimes found.
   * @example "usual"
   */
  readonly constancy: "constant" | "usual" | "inconstant" | null;
  /**
   * A short remark for readers.
   * @example "the angle alone"
   */
  readonly note: string | null;
  /**
   * Id of the muscle, part or group where the fact is stated; another than this muscle when it is inherited
   * or told of a part.
   */
  readonly stated_at: Id;
  /** Where it was read. */
  readonly sources: Citations;
  /**
   * Whether sources disagree about this item: true for every one of its readings.
   * @example true
   */
  readonly contested: boolean;
}

/** One reading of one movement. */
export interface Action {
  /**
   * Permanent id of the statement: muscle, part or group where it is stated, topic, item. Readings of one
   * item share it.
   * @example "splenius-capitis.action.2"
   */
  readonly id: string;
  /**
   * Number of the item. Items are joined by “and”; readings of one item are joined by “or”. Parts that answer
   * for their whole each count their own.
   * @example 1
   */
  readonly item: number;
  /**
   * Whose reading it is. preferred: what we teach. alternative: what another source says instead. addition:
   * what only this source adds.
   * @example "preferred"
   */
  readonly reading: "preferred" | "alternative" | "addition";
  /**
   * The fact in words, as a textbook table has it.
   * @example "head: rotation to its own side"
   */
  readonly text: string;
  /**
   * unilateral: one side acting alone. bilateral: both sides together. any: one side or both.
   * @example "unilateral"
   */
  readonly side: "unilateral" | "bilateral" | "any";
  /**
   * Id of the movement: an entry of vocabulary.movements.
   * @example "lateral-flexion"
   */
  readonly movement: Id;
  /**
   * What moves.
   * @example "head"
   */
  readonly of:
    | "head" | "neck" | "cervical spine" | "thoracic spine" | "lumbar spine" | "thoracic and lumbar spine"
    | "spine" | "scapula" | "clavicle" | "arm" | "ribs" | "thorax" | "pelvis";
  /**
   * To which side, for movements to one side; else null. ipsilateral: to its own side. contralateral: to the
   * other side.
   * @example "ipsilateral"
   */
  readonly direction: "ipsilateral" | "contralateral" | null;
  /**
   * Under which condition.
   * @example "with the scapula fixed"
   */
  readonly condition: string | null;
  /**
   * A short remark for readers.
   * @example "side not named"
   */
  readonly note: string | null;
  /**
   * Id of the muscle, part or group where the fact is stated; another than this muscle when it is inherited
   * or told of a part.
   */
  readonly stated_at: Id;
  /** Where it was read. */
  readonly sources: Citations;
  /**
   * Whether sources disagree about this item: true for every one of its readings.
   * @example true
   */
  readonly contested: boolean;
}

/** One reading of one nerve. */
export interface Innervation {
  /**
   * Permanent id of the statement: muscle, part or group where it is stated, topic, item. Readings of one
   * item share it.
   * @example "splenius-capitis.innervation.1"
   */
  readonly id: string;
  /**
   * Number of the item. Items are joined by “and”; readings of one item are joined by “or”. Parts that answer
   * for their whole each count their own.
   * @example 1
   */
  readonly item: number;
  /**
   * Whose reading it is. preferred: what we teach. alternative: what another source says instead. addition:
   * what only this source adds.
   * @example "preferred"
   */
  readonly reading: "preferred" | "alternative" | "addition";
  /**
   * The fact in words, as a textbook table has it.
   * @example "posterior rami of C3–C4"
   */
  readonly text: string;
  /**
   * Id of the nerve: an entry of vocabulary.nerves.
   * @example "posterior-rami"
   */
  readonly nerve: Id;
  /** Which spinal nerves; null = the roots of a named nerve, or not stated. */
  readonly segments: Levels | null;
  /**
   * What the muscle has it for. motor: motor supply. sensory: sensory supply.
   * @example "motor"
   */
  readonly role: "motor" | "sensory";
  /**
   * How regularly it is found; null = always. constant: always found. usual: usually found. inconstant:
   * sometimes found.
   * @example "usual"
   */
  readonly constancy: "constant" | "usual" | "inconstant" | null;
  /**
   * A short remark for readers.
   * @example "chiefly C5"
   */
  readonly note: string | null;
  /**
   * Id of the muscle, part or group where the fact is stated; another than this muscle when it is inherited
   * or told of a part.
   */
  readonly stated_at: Id;
  /** Where it was read. */
  readonly sources: Citations;
  /**
   * Whether sources disagree about this item: true for every one of its readings.
   * @example true
   */
  readonly contested: boolean;
}

/** One reading of one artery that feeds the muscle. */
export interface BloodSupply {
  /**
   * Permanent id of the statement: muscle, part or group where it is stated, topic, item. Readings of one
   * item share it.
   * @example "serratus-posterior-inferior.blood_supply.1"
   */
  readonly id: string;
  /**
   * Number of the item. Items are joined by “and”; readings of one item are joined by “or”. Parts that answer
   * for their whole each count their own.
   * @example 1
   */
  readonly item: number;
  /**
   * Whose reading it is. preferred: what we teach. alternative: what another source says instead. addition:
   * what only this source adds.
   * @example "preferred"
   */
  readonly reading: "preferred" | "alternative" | "addition";
  /**
   * The fact in words, as a textbook table has it.
   * @example "posterior intercostal arteries (T9–T11)"
   */
  readonly text: string;
  /**
   * Id of the artery: an entry of vocabulary.vessels.
   * @example "occipital-artery"
   */
  readonly vessel: Id;
  /** At which vertebrae. */
  readonly levels: Levels | null;
  /**
   * How regularly it is found; null = always. constant: always found. usual: usually found. inconstant:
   * sometimes found.
   */
  readonly constancy: "constant" | "usual" | "inconstant" | null;
  /**
   * A short remark for readers.
   * @example "upper ones"
   */
  readonly note: string | null;
  /**
   * Id of the muscle, part or group where the fact is stated; another than this muscle when it is inherited
   * or told of a part.
   */
  readonly stated_at: Id;
  /** Where it was read. */
  readonly sources: Citations;
  /**
   * Whether sources disagree about this item: true for every one of its readings.
   * @example true
   */
  readonly contested: boolean;
}

/** A source in which facts were read. */
export interface Source {
  /**
   * Permanent id of the source, given once and never used for anything else.
   * @example "gray-1918"
   */
  readonly id: Id;
  /**
   * What it is called in passing.
   * @example "Gray 1918"
   */
  readonly name: string;
  /**
   * How to cite it.
   * @example "Radiopaedia"
   */
  readonly citation: string;
  /**
   * Year of publication, where known.
   * @example 1918
   */
  readonly year: number | null;
  /**
   * Under which licence it may be used.
   * @example "public domain"
   */
  readonly licence: string;
  /**
   * Whether it is openly licensed or in the public domain.
   * @example true
   */
  readonly open: boolean;
  /**
   * Where it can be read.
   * @example "https://pacs.de/"
   */
  readonly url: string | null;
}

/** The terms that facts refer to by id, and what is known of vessels. */
export interface Vocabulary {
  /** Structures that muscles attach to. */
  readonly structures: readonly Structure[];
  /** Nerves and segmental rami. */
  readonly nerves: readonly Nerve[];
  /** Movements. */
  readonly movements: readonly Movement[];
  /** Arteries, veins, lymph nodes and lymph ducts. */
  readonly vessels: readonly Vessel[];
  /** Where vessels come from and go to. */
  readonly vessel_links: readonly VesselLink[];
  /** Which vessels serve which region and layer. */
  readonly territories: readonly Territory[];
  /** Embryonic origins of muscles. */
  readonly developments: readonly Development[];
}

/** A structure that muscles attach to. */
export interface Structure {
  /**
   * Permanent id of the structure, given once and never used for anything else.
   * @example "spinous-process"
   */
  readonly id: Id;
  /**
   * English name of the structure.
   * @example "spinous process"
   */
  readonly name: string;
  /**
   * The plural, for several levels.
   * @example "spinous processes"
   */
  readonly plural: string | null;
  /**
   * Latin name after Terminologia Anatomica 2.
   * @example "Costa"
   */
  readonly latin: string | null;
  /**
   * Which kind of structure it is.
   * @example "spinous process"
   */
  readonly kind:
    | "spinous process" | "transverse process" | "articular process" | "lamina" | "skull" | "sacrum" | "rib"
    | "hip bone" | "shoulder girdle" | "upper limb" | "ligament" | "fascia";
  /**
   * What its levels count. vertebra: vertebrae. rib: ribs. none: has no levels.
   * @example "vertebra"
   */
  readonly levels_of: "vertebra" | "rib" | "none";
  /** The levels at which it exists, or lies. */
  readonly found_at: Levels | null;
  /** Other names. */
  readonly synonyms: readonly string[];
  /** Numbers of the same thing in other catalogues. */
  readonly identifiers: TermIdentifiers;
  /** Why it is kept though nothing in the tables uses it; null for a term in use. */
  readonly kept: string | null;
}

/** A nerve, or one kind of segmental ramus. */
export interface Nerve {
  /**
   * Permanent id of the nerve, given once and never used for anything else.
   * @example "suboccipital-nerve"
   */
  readonly id: Id;
  /**
   * English name of the nerve.
   * @example "suboccipital nerve"
   */
  readonly name: string;
  /**
   * The plural, for segmental nerves.
   * @example "posterior rami"
   */
  readonly plural: string | null;
  /**
   * Latin name after Terminologia Anatomica 2.
   * @example "N. suboccipitalis"
   */
  readonly latin: string | null;
  /**
   * named: one nerve. segmental: one nerve at each level.
   * @example "named"
   */
  readonly kind: "named" | "segmental";
  /**
   * Which ramus it is or comes from. posterior: posterior ramus. anterior: anterior ramus. cranial: cranial
   * nerve.
   * @example "posterior"
   */
  readonly ramus: "posterior" | "anterior" | "cranial";
  /** The spinal nerves it has fibres from. */
  readonly roots: Levels | null;
  /**
   * The nerve it branches from.
   * @example "posterior-rami"
   */
  readonly branch_of: Id | null;
  /** Other names. */
  readonly synonyms: readonly string[];
  /** Numbers of the same thing in other catalogues. */
  readonly identifiers: TermIdentifiers;
  /** Why it is kept though nothing in the tables uses it; null for a term in use. */
  readonly kept: string | null;
}

/** A movement. */
export interface Movement {
  /**
   * Permanent id of the movement, given once and never used for anything else.
   * @example "lateral-flexion"
   */
  readonly id: Id;
  /**
   * English name of the movement.
   * @example "lateral flexion"
   */
  readonly name: string;
  /**
   * Latin name, where the nomenclature has one.
   * @example "flexio"
   */
  readonly latin: string | null;
  /**
   * Which kind of movement it is.
   * @example "of joints"
   */
  readonly kind: "of joints" | "of the shoulder girdle" | "of breathing" | "of posture";
  /**
   * Whether it goes to a side.
   * @example true
   */
  readonly has_direction: boolean;
  /**
   * To which side muscles bring it about; null for a movement without direction. ipsilateral: always to its
   * own side. contralateral: always to the other side. by group: to the side that its group says.
   * @example "ipsilateral"
   */
  readonly goes_to: "ipsilateral" | "contralateral" | "by group" | null;
  /**
   * The movement against it.
   * @example "flexion"
   */
  readonly antagonist: Id | null;
  /** Other names. */
  readonly synonyms: readonly string[];
  /**
   * Why it is kept though nothing in the tables uses it; null for a term in use.
   * @example "the movement against adduction"
   */
  readonly kept: string | null;
}

/** A vessel, lymph node or lymph duct. */
export interface Vessel {
  /**
   * Permanent id of the vessel, given once and never used for anything else.
   * @example "occipital-artery"
   */
  readonly id: Id;
  /**
   * English name of the vessel.
   * @example "occipital artery"
   */
  readonly name: string;
  /**
   * Latin name after Terminologia Anatomica 2.
   * @example "A. occipitalis"
   */
  readonly latin: string | null;
  /**
   * Which kind of vessel it is.
   * @example "artery"
   */
  readonly kind:
    | "artery" | "vein" | "great artery" | "great vein" | "venous plexus" | "lymph node" | "lymph duct";
  /**
   * What its levels count. vertebra: vertebrae. none: has no levels.
   * @example "vertebra"
   */
  readonly levels_of: "vertebra" | "none";
  /**
   * Where it runs.
   * @example "neck"
   */
  readonly region: string;
  /**
   * How deep it runs.
   * @example "deep"
   */
  readonly depth: "superficial" | "deep";
  /**
   * Beside which vertebrae it runs and gives or takes its branches; null where that cannot be said in
   * vertebrae.
   */
  readonly found_at: Levels | null;
  /**
   * Whether it begins or ends at the heart itself, so that its way goes on to no other vessel.
   * @example true
   */
  readonly at_heart: boolean | null;
  /**
   * What is special about it, in short.
   * @example "one on each side"
   */
  readonly characteristics: string | null;
  /** Other names. */
  readonly synonyms: readonly string[];
  /** Numbers of the same thing in other catalogues. */
  readonly identifiers: TermIdentifiers;
  /** Why it is kept though nothing in the tables uses it; null for a term in use. */
  readonly kept: string | null;
  /** Where it was read. */
  readonly sources: Citations;
}

/** Where a vessel comes from or goes to. */
export interface VesselLink {
  /**
   * Permanent id of the statement.
   * @example "deep-cervical-vein.drains to.1"
   */
  readonly id: string;
  /**
   * The vessel.
   * @example "deep-cervical-vein"
   */
  readonly vessel: Id;
  /**
   * How they are joined.
   * @example "drains to"
   */
  readonly relation: "arises from" | "drains to" | "communicates with";
  /**
   * Number of the item. Items are joined by “and”; readings of one item are joined by “or”.
   * @example 1
   */
  readonly item: number;
  /**
   * The vessel it arises from, drains to or communicates with.
   * @example "vertebral-vein"
   */
  readonly to: Id;
  /** At which vertebrae. */
  readonly levels: Levels | null;
  /**
   * Only on this side; null = on both. left: on the left only. right: on the right only.
   * @example "right"
   */
  readonly side: "left" | "right" | null;
  /**
   * How regularly it is found; null = always. constant: always found. usual: usually found. inconstant:
   * sometimes found.
   * @example "usual"
   */
  readonly constancy: "constant" | "usual" | "inconstant" | null;
  /**
   * Whose reading it is. preferred: what we teach. alternative: what another source says instead. addition:
   * what only this source adds.
   * @example "preferred"
   */
  readonly reading: "preferred" | "alternative" | "addition";
  /** Where it was read. */
  readonly sources: Citations;
  /**
   * A short remark for readers.
   * @example "12%"
   */
  readonly note: string | null;
}

/** A vessel of one region and layer. */
export interface Territory {
  /**
   * Permanent id of the statement.
   * @example "thoracic back.deep muscles.3"
   */
  readonly id: string;
  /**
   * The region.
   * @example "thoracic back"
   */
  readonly region: string;
  /**
   * The layer.
   * @example "deep muscles"
   */
  readonly layer: string;
  /** At which vertebrae. */
  readonly levels: Levels | null;
  /**
   * Number of the item. Items are joined by “and”; readings of one item are joined by “or”.
   * @example 1
   */
  readonly item: number;
  /**
   * The vessel that serves it.
   * @example "posterior-intercostal-veins"
   */
  readonly vessel: Id;
  /**
   * Whose reading it is. preferred: what we teach. alternative: what another source says instead. addition:
   * what only this source adds.
   * @example "preferred"
   */
  readonly reading: "preferred" | "alternative" | "addition";
  /** Where it was read. */
  readonly sources: Citations;
  /**
   * A short remark for readers.
   * @example "trapezius"
   */
  readonly note: string | null;
}

/** An embryonic origin of muscles, with the rami that may supply it. */
export interface Development {
  /**
   * Permanent id of the development, given once and never used for anything else.
   * @example "epaxial"
   */
  readonly id: Id;
  /**
   * English name of the development.
   * @example "epaxial"
   */
  readonly name: string;
  /** What it means, in one sentence. */
  readonly definition: string;
  /** The rami that may supply such muscles. */
  readonly allowed_rami: readonly ("posterior" | "anterior" | "cranial")[];
  /** Where it was read. */
  readonly sources: Citations;
}

/** An id that was published once and is no longer. */
export interface Withdrawn {
  /**
   * The id of the muscle, term or fact.
   * @example "splenius-capitis.blood_supply.2"
   */
  readonly id: string;
  /**
   * On which day: year-month-day.
   * @example "2026-11-22"
   */
  readonly on: string;
  /** Why, in one sentence. */
  readonly why: string;
  /** The id that takes its place. */
  readonly replaced_by: string | null;
}
