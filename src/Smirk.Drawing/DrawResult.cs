using Smirk.Workspace.Stages;

namespace Smirk.Drawing;

/// <summary>What was drawn.</summary>
/// <param name="Counts">Faces in; faces out.</param>
/// <param name="Folder">The pile.</param>
/// <param name="Truth">The file beside it that says what each file is.</param>
/// <param name="Files">Files in the folder, copies and broken ones included.</param>
/// <param name="Copies">Byte-for-byte copies planted.</param>
/// <param name="MetadataCopies">Copies planted that differ in metadata only.</param>
/// <param name="Broken">Files planted that are no usable picture.</param>
/// <param name="WasThere">Whether the same pile lay there already and nothing was drawn.</param>
public sealed record DrawResult(
    StageCounts Counts, string Folder, string Truth, int Files, int Copies, int MetadataCopies, int Broken, bool WasThere);
