using Smirk.Gan.Log;

namespace Smirk.Gan.Train.Loop;

/// <summary>What a person should know of a run, each thing once. Kept in the log, so that a resumed run, and its report, still
/// know.</summary>
internal sealed class Remarks(RunLog log)
{
    private readonly List<string> _all = [];
    private readonly HashSet<string> _about = [];

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>Takes over what earlier stretches of the run remarked.</summary>
    public void Recall(IEnumerable<LogLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Remark is { } remark && _about.Add(line.About ?? remark))
                _all.Add(remark);
        }
    }

    /// <summary>Makes a remark; false where this thing was remarked on before.</summary>
    public bool Add(string about, string remark, TrainCounters now)
    {
        if (!_about.Add(about))
            return false;
        _all.Add(remark);
        log.Write(new LogLine { Kimg = now.Kimg, Seconds = Math.Round(now.Seconds, 2), About = about, Remark = remark });
        return true;
    }
}
