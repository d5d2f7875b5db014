using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Log;

/// <summary>One line of log.jsonl. Training writes one a tick; lines with <see cref="Metrics"/> come from evaluations, those with a
/// <see cref="Remark"/> from whatever gave rise to it.</summary>
public sealed record LogLine
{
    /// <summary>Thousands of real pictures shown.</summary>
    public double Kimg { get; init; }

    /// <summary>Seconds trained.</summary>
    public double Seconds { get; init; }

    /// <summary>Mean loss of D since the last line.</summary>
    public double? LossD { get; init; }

    /// <summary>Mean loss of G since the last line.</summary>
    public double? LossG { get; init; }

    /// <summary>D's mean logit on real pictures.</summary>
    public double? DReal { get; init; }

    /// <summary>D's mean logit on generated pictures.</summary>
    public double? DFake { get; init; }

    /// <summary>Spread of generated pictures within classes, by that of real ones.</summary>
    public double? Diversity { get; init; }

    /// <summary>Share of the pictures that are augmented, where that is steered.</summary>
    public double? AugmentShare { get; init; }

    /// <summary>Real pictures a second since the last line.</summary>
    public double? ImgPerSecond { get; init; }

    /// <summary>Learning rate in use.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Threads in use, where their number is found while the run goes on.</summary>
    public int? Threads { get; init; }

    /// <summary>Metric → value, of an evaluation on held-out pictures.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>What a person should know from here on.</summary>
    public string? Remark { get; init; }

    /// <summary>What was given another value when the run was resumed here.</summary>
    public IReadOnlyList<PlanChange>? Changes { get; init; }

    /// <summary>What the remark is about: a run remarks on each thing once.</summary>
    public string? About { get; init; }

    /// <summary>The line as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LogLineJson.Default.LogLine);

    /// <summary>Reads one line, UTF-8; null where it is damaged.</summary>
    public static LogLine? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LogLineJson.Default.LogLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads all whole lines of a log: one that was cut off by a crash isn't there.</summary>
    /// <exception cref="UnusableInputException">A line is damaged.</exception>
    public static IReadOnlyList<LogLine> ReadAll(string path)
    {
        return !File.Exists(path) ? [] : [.. File.ReadLines(path).Select(Read).OfType<LogLine>()];

        LogLine? Read(string line, int at)
        {
            try
            {
                return line.EndsWith('}') ? JsonSerializer.Deserialize(line, LogLineJson.Default.LogLine) : null;
            }
            catch (JsonException error)
            {
                throw new UnusableInputException(
                    $"{path}, line {at + 1}, is damaged: {error.Message.TrimEnd('.')}. Delete that line; only the report needs it.", error);
            }
        }
    }
}

/// <summary>log.jsonl, without reflection.</summary>
[JsonSerializable(typeof(LogLine))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class LogLineJson : JsonSerializerContext;
