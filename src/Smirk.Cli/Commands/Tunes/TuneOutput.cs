using Smirk.Gan.Sample;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;
using Smirk.Music.Sound;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Packs;

namespace Smirk.Cli.Commands.Tunes;

/// <summary>Writes sampled rolls as music.</summary>
internal sealed record TuneOutput
{
    private const int UsualTempo = 120;
    private const int MostTransposed = 24;

    /// <summary>Shorter notes, in steps, are left out: a step alone is mostly a slip.</summary>
    public const int ShortestNote = 2;

    /// <summary>Where MIDI files go; null for nowhere.</summary>
    public string? MidiFolder { get; init; }

    /// <summary>Where the sound goes, all phrases one after the other; null for nowhere.</summary>
    public string? WavPath { get; init; }

    /// <summary>One MIDI file of all phrases, neighbours alike, instead of one each.</summary>
    public bool Join { get; init; }

    /// <summary>Quarters a minute; null for the middle one of the tunes that were learnt from.</summary>
    public double? Tempo { get; init; }

    /// <summary>Semitones up; below 0 down.</summary>
    public int Transpose { get; init; }

    /// <summary>Whether anything is to be written.</summary>
    public bool IsWanted => MidiFolder is not null || WavPath is not null;

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="UsageException">Says what.</exception>
    public void Check()
    {
        if (!IsWanted && (Join || Tempo is not null || Transpose != 0))
        {
            var about = Join ? "--join" : Tempo is not null ? "--tempo" : "--transpose";
            throw new UsageException($"{about} is about music: give --midi DIR or --wav FILE.wav with it.");
        }

        if (Tempo is < 20 or > 400)
            throw new UsageException($"--tempo {Tempo}: expected 20 to 400 quarters a minute.");
        if (Transpose is < -MostTransposed or > MostTransposed)
            throw new UsageException($"--transpose {Transpose}: expected −{MostTransposed} to {MostTransposed} semitones.");
    }

    /// <summary>Writes the files.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="UsageException">The generator makes no rolls.</exception>
    public IReadOnlyList<string> Write(SampledPictures sampled)
    {
        if (RollShape.OfSize(sampled.Size) is not { } shape)
            throw new UsageException($"--midi and --wav: this generator makes pictures of {sampled.Size} pixels; rolls have "
                + $"{string.Join(" or ", RollShape.All.Select(s => s.Size))}. Train one with: smirk make TUNES, a folder of MIDI files.");
        var (metre, usual) = Usual(sampled.PackFolder, shape);
        var tempo = Tempo ?? usual;
        var length = sampled.Planes.Length / sampled.Numbers.Count;
        Roll[] rolls = [.. sampled.Numbers.Select((_, i) => RollPixels.FromPlanes(sampled.Planes.AsSpan(i * length, length), shape))];
        var isOne = Join || sampled.IsWalk;
        var order = Join && !sampled.IsWalk ? sampled.NearestOrder : [.. Enumerable.Range(0, rolls.Length)];
        var whole = TuneOf(Roll.Join([.. order.Select(i => rolls[i])]));
        var files = new List<string>();
        if (MidiFolder is { } folder)
        {
            OutputFolder.Make(folder);
            if (isOne)
                Put($"{sampled.Name}-{(sampled.IsWalk ? "walk" : "joined")}.mid", whole);
            for (var i = 0; !isOne && i < rolls.Length; i++)
                Put($"{sampled.Name}-{sampled.Numbers[i]:0000}.mid", TuneOf(rolls[i]));
        }

        if (WavPath is { } wav)
        {
            AtomicFile.Write(wav, Player.Wav(whole));
            files.Add(wav);
        }

        return files;

        Tune TuneOf(Roll roll)
        {
            var tune = RollTune.Of(roll, tempo, metre, ShortestNote);
            return tune with { Notes = [.. tune.Notes.Select(n => n with { Pitch = RollShape.EightBars.Fold(n.Pitch + Transpose) })] };
        }

        void Put(string name, Tune tune)
        {
            files.Add(Path.Combine(MidiFolder, name));
            AtomicFile.Write(files[^1], MidiWriter.Write(tune));
        }
    }

    // What most of the pile's windows are in, and the middle one of those windows' tempos.
    private static (Metre Metre, double Tempo) Usual(string pack, RollShape shape)
    {
        if (!PackFolder.Exists(pack))
            return (Metre.Common, UsualTempo);
        using var reader = PackReader.Open(pack);
        return RollPile.Usual(reader.Rows.Select(row => row.File), shape) ?? throw new UsageException("--midi and --wav: this generator "
            + "was trained on pictures, not on tunes. Train one with: smirk make TUNES, a folder of MIDI files.");
    }
}
