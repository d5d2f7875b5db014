namespace Smirk.Studio.Runs;

/// <summary>A run in the list, and how it stands now.</summary>
internal sealed record RunRow
{
    /// <summary>The run's number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>"0001".</summary>
    public required string Folder { get; init; }

    /// <summary>What the person calls it; empty for nothing.</summary>
    public required string Name { get; init; }

    /// <summary>What the person wrote about it.</summary>
    public required string Notes { get; init; }

    /// <summary>"training", "done", "stopped", "interrupted" (killed), "empty" (nothing trained yet).</summary>
    public required string State { get; init; }

    /// <summary>What is wrong with it, as a sentence; null for nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>Thousands of pictures shown.</summary>
    public double Kimg { get; init; }

    /// <summary>Seconds trained.</summary>
    public double Seconds { get; init; }

    /// <summary>How much of it is over, 0…1.</summary>
    public double Progress { get; init; }

    /// <summary>Its length in seconds; null where pictures bound it.</summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>Its length in thousands of pictures; null where time bounds it.</summary>
    public double? LengthKimg { get; init; }

    /// <summary>Pictures a second, lately; null for nothing measured.</summary>
    public double? Speed { get; init; }

    /// <summary>Seconds until its end at that speed; null where it isn't trained.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>Edge of its pictures, in pixels; 0 where that can't be read.</summary>
    public int Size { get; init; }

    /// <summary>The shape that they are shown in, such as "2:3"; null for 1:1.</summary>
    public string? Aspect { get; init; }

    /// <summary>"auto" or "dcgan".</summary>
    public string Recipe { get; init; } = "";

    /// <summary>"cpu", "cuda:0"…</summary>
    public string Device { get; init; } = "";

    /// <summary>When it was started; null where the catalog doesn't know.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Where its best snapshot is, in kimg; null where nothing was measured.</summary>
    public double? BestKimg { get; init; }

    /// <summary>The Fréchet distance at the best snapshot; null where nothing was measured.</summary>
    public double? BestDistance { get; init; }

    /// <summary>Coverage at the best snapshot, 0…1; null where nothing was measured.</summary>
    public double? BestCoverage { get; init; }

    /// <summary>Whether it was asked to stop and hasn't yet.</summary>
    public bool IsStopping { get; init; }

    /// <summary>Whether it was asked for a snapshot and hasn't taken it yet.</summary>
    public bool IsSnapshotAsked { get; init; }
}

/// <summary>A curve: equally many x (kimg) and y.</summary>
internal sealed record CurveMessage(IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>A measurement on held-out pictures.</summary>
/// <param name="Kimg">When.</param>
/// <param name="Metrics">Metric → value.</param>
/// <param name="Words">What they say, the most important first.</param>
internal sealed record MeasuredMessage(double Kimg, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<WordsMessage> Words);

/// <summary>A finding in words, and what belongs below it.</summary>
internal sealed record WordsMessage(string Text, IReadOnlyList<string> Details);

/// <summary>Something that happened: a remark, or settings that were changed on resume.</summary>
internal sealed record RemarkMessage(double Kimg, string Text);

/// <summary>A grid of the fixed latents.</summary>
/// <param name="Kimg">When it was drawn.</param>
/// <param name="Name">Its file's name.</param>
/// <param name="Version">Changes when the file does.</param>
internal sealed record GridMessage(double Kimg, string Name, string Version);

/// <summary>A setting of a run.</summary>
internal sealed record SettingMessage(string Name, string Value, string Why);

/// <summary>A whole run.</summary>
internal sealed record RunMessage(RunRow Row, string Cursor, IReadOnlyDictionary<string, CurveMessage> Curves,
    IReadOnlyList<MeasuredMessage> Measured, IReadOnlyList<RemarkMessage> Remarks, IReadOnlyList<GridMessage> Grids,
    IReadOnlyList<SettingMessage> Settings);

/// <summary>What is new of a run.</summary>
/// <param name="Number">The run.</param>
/// <param name="From">The cursor that it follows on: who stands elsewhere asks for the whole run.</param>
/// <param name="Cursor">The cursor after it.</param>
/// <param name="Curves">Points to append.</param>
/// <param name="Measured">Measurements to append.</param>
/// <param name="Remarks">Remarks to append.</param>
/// <param name="Grids">All grids; null where they are as before.</param>
internal sealed record RunUpdate(int Number, string From, string Cursor, IReadOnlyDictionary<string, CurveMessage> Curves,
    IReadOnlyList<MeasuredMessage> Measured, IReadOnlyList<RemarkMessage> Remarks, IReadOnlyList<GridMessage>? Grids);

/// <summary>What the machine is busy with.</summary>
/// <param name="Cores">Logical cores.</param>
/// <param name="Busy">Share of them that is in use, 0…1; null until it was measured twice.</param>
/// <param name="Load">Tasks that want a core, mean of a minute.</param>
/// <param name="Trainings">Run → what its process uses, for those on this machine.</param>
/// <param name="Gpus">Graphics cards.</param>
internal sealed record LoadMessage(int Cores, double? Busy, double Load, IReadOnlyDictionary<int, TrainingLoad> Trainings,
    IReadOnlyList<GpuLoad> Gpus);

/// <summary>What a training's process uses.</summary>
/// <param name="Cores">Cores that it keeps busy; null until it was measured twice.</param>
/// <param name="Bytes">Memory.</param>
internal sealed record TrainingLoad(double? Cores, long Bytes);

/// <summary>What a graphics card is busy with.</summary>
/// <param name="Name">As its driver calls it.</param>
/// <param name="Busy">Share of the time, 0…1.</param>
/// <param name="UsedBytes">Memory in use.</param>
/// <param name="TotalBytes">Memory that it has.</param>
internal sealed record GpuLoad(string Name, double Busy, long UsedBytes, long TotalBytes);

/// <summary>What the page is told while it is open.</summary>
/// <param name="List">All runs; null where they are as before.</param>
/// <param name="Updates">What is new of the runs that it watches.</param>
/// <param name="Load">The machine's load; null where it wasn't looked at.</param>
internal sealed record RunsEvent(IReadOnlyList<RunRow>? List, IReadOnlyList<RunUpdate> Updates, LoadMessage? Load);

/// <summary>What can be trained with.</summary>
/// <param name="Packs">The workspace's packs.</param>
/// <param name="Options">The options of training.</param>
internal sealed record TrainingChoices(IReadOnlyList<PackChoice> Packs, IReadOnlyList<OptionChoice> Options);

/// <summary>A pack.</summary>
/// <param name="Size">Edge of its squares in pixels.</param>
/// <param name="Aspect">The shape that its pictures were squeezed from, such as "2:3"; null for 1:1.</param>
/// <param name="Pictures">How many.</param>
internal sealed record PackChoice(int Size, string? Aspect, int Pictures);

/// <summary>An option of training.</summary>
/// <param name="Name">As the command line spells it, without dashes.</param>
/// <param name="Help">What it does.</param>
/// <param name="Expects">What stands for its value.</param>
/// <param name="IsFlag">Whether it is on or off.</param>
/// <param name="OnResume">Whether it can change when a run is resumed.</param>
/// <param name="Recipes">The recipes that have it; empty for all.</param>
internal sealed record OptionChoice(
    string Name, string Help, string Expects, bool IsFlag, bool OnResume, IReadOnlyCollection<string> Recipes);

/// <summary>A training to start.</summary>
/// <param name="Resume">The run to resume; null for a new one.</param>
/// <param name="Size">The pack's; null for the largest, and when a run is resumed.</param>
/// <param name="Name">What the person calls the new run; null for nothing.</param>
/// <param name="Options">Option → value, as the command line spells them.</param>
internal sealed record TrainingOrder(int? Resume, int? Size, string? Name, Dictionary<string, string>? Options);

/// <summary>A training that was started.</summary>
/// <param name="Number">The run; null where it isn't known yet.</param>
internal sealed record TrainingStarted(int? Number);

/// <summary>A name and notes for a run.</summary>
internal sealed record NoteOrder(string? Name, string? Notes);

/// <summary>What deleting a run takes.</summary>
internal sealed record RunContents(string Folder, IReadOnlyList<string> Lines, long Bytes);

/// <summary>The word that a deletion is confirmed with: the folder's name.</summary>
internal sealed record DeleteOrder(string? Folder);

/// <summary>What <c>smirk train --plan --json</c> prints.</summary>
/// <param name="Choices">Settings with their reasons.</param>
internal sealed record PlanMessage(IReadOnlyList<SettingMessage> Choices);
