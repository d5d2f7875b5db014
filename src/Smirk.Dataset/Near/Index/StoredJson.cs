using System.Text.Json.Serialization;
using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Index;

/// <summary>How the index writes what was found out: JSON, so that numbers come back to their last bit.</summary>
[JsonSourceGenerationOptions(IncludeFields = true, IgnoreReadOnlyProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PairMatch))]
[JsonSerializable(typeof(Originality))]
[JsonSerializable(typeof(Richness))]
internal sealed partial class StoredJson : JsonSerializerContext;
