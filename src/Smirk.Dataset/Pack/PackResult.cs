using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Pack;

/// <summary>The training set that was made, or was there already.</summary>
/// <param name="Counts">Kept pictures in, packed ones out. A picture with several crops gives several rows.</param>
/// <param name="Folder">WS/packs/SIZE.</param>
/// <param name="Rows">Rows in the pack.</param>
/// <param name="Small">Rows that had to be enlarged; flagged in pack.jsonl.</param>
/// <param name="Fingerprint">SHA-256 over all that decides the pack's bytes.</param>
/// <param name="WasThere">Whether nothing had changed since it was made, so that nothing was done.</param>
public sealed record PackResult(StageCounts Counts, string Folder, int Rows, int Small, string Fingerprint, bool WasThere);
