using System.Text.Json.Serialization;

namespace Smirk.Dataset.Annotations;

/// <summary>A record of a table as JSON.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class FieldsJson : JsonSerializerContext;
