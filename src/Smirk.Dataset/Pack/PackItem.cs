using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>One row to be: which part of which picture.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Part">What of it.</param>
/// <param name="Row">Its line in pack.jsonl.</param>
internal sealed record PackItem(StoredPicture Picture, PackPart Part, PackRow Row);
