// Reads an ONNX model: the parts of onnx.proto that Smirk writes.

/**
 * @typedef {{ shape: number[], type: number, bytes: Uint8Array }} Stored
 * @typedef {{ op: string, inputs: string[], output: string, attributes: Record<string, any> }} Node
 * @typedef {{ nodes: Node[], stored: Map<string, Stored>, inputs: string[], output: string, about: Record<string, string> }} Model
 * @typedef {{ field: number, number: number, bytes: Uint8Array }} Field
 */

/**
 * The fields of one protobuf message.
 * @param {Uint8Array} bytes
 * @returns {Generator<Field>}
 */
function* fields(bytes) {
  let at = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const none = new Uint8Array(0);

  // Numbers here have at most 53 bits, or are small and negative.
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (at >= bytes.length || shift > 63n) throw new Error("The model is cut short.");
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
  };
  while (at < bytes.length) {
    const tag = varint(), field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { field, number: varint(), bytes: none };
        break;
      case 2: {
        const length = varint();
        if (length < 0 || at + length > bytes.length) throw new Error("The model is cut short.");
        yield { field, number: length, bytes: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      case 5:
        if (at + 4 > bytes.length) throw new Error("The model is cut short.");
        yield { field, number: view.getFloat32(at, true), bytes: none };
        at += 4;
        break;
      default:
        throw new Error(`The model has a field of a kind that it shouldn't have (${tag % 8}).`);
    }
  }
}

const text = (/** @type {Uint8Array} */ bytes) => new TextDecoder().decode(bytes);

/** @param {Uint8Array} bytes @returns {[string, any]} */
function attribute(bytes) {
  let name = "", type = 0, float = 0, integer = 0, string = "";
  const integers = [];
  for (const f of fields(bytes)) {
    if (f.field === 1) name = text(f.bytes);
    else if (f.field === 2) float = f.number;
    else if (f.field === 3) integer = f.number;
    else if (f.field === 4) string = text(f.bytes);
    else if (f.field === 8) integers.push(f.number);
    else if (f.field === 20) type = f.number;
  }
  return [name, type === 1 ? float : type === 2 ? integer : type === 3 ? string : integers];
}

/** @param {Uint8Array} bytes @returns {Node} */
function node(bytes) {
  /** @type {Node} */
  const made = { op: "", inputs: [], output: "", attributes: {} };
  for (const f of fields(bytes)) {
    if (f.field === 1) made.inputs.push(text(f.bytes));
    else if (f.field === 2) made.output = text(f.bytes);
    else if (f.field === 4) made.op = text(f.bytes);
    else if (f.field === 5) {
      const [name, value] = attribute(f.bytes);
      made.attributes[name] = value;
    }
  }
  return made;
}

/** @param {Uint8Array} bytes @returns {[string, Stored]} */
function tensor(bytes) {
  /** @type {Stored} */
  const made = { shape: [], type: 0, bytes: new Uint8Array(0) };
  let name = "";
  for (const f of fields(bytes)) {
    if (f.field === 1) made.shape.push(f.number);
    else if (f.field === 2) made.type = f.number;
    else if (f.field === 8) name = text(f.bytes);
    else if (f.field === 9) made.bytes = f.bytes;
  }
  return [name, made];
}

/** @param {Uint8Array} bytes the value of the first field 1 within it, as text */
function nameIn(bytes) {
  for (const f of fields(bytes)) if (f.field === 1) return text(f.bytes);
  return "";
}

/**
 * Reads a model.
 * @param {Uint8Array} bytes the file
 * @returns {Model}
 */
export function readModel(bytes) {
  /** @type {Model} */
  const model = { nodes: [], stored: new Map(), inputs: [], output: "", about: {} };
  for (const f of fields(bytes)) {
    if (f.field === 14) {
      const [name, value] = [...fields(f.bytes)].map(part => text(part.bytes));
      model.about[name] = value;
    } else if (f.field === 7) {
      for (const part of fields(f.bytes)) {
        if (part.field === 1) model.nodes.push(node(part.bytes));
        else if (part.field === 5) model.stored.set(...tensor(part.bytes));
        else if (part.field === 11) model.inputs.push(nameIn(part.bytes));
        else if (part.field === 12) model.output = nameIn(part.bytes);
      }
    }
  }
  if (model.nodes.length === 0 || model.output === "") throw new Error("The model is empty.");
  return model;
}
