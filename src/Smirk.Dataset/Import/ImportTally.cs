using Smirk.Imaging.Reading.Doubts;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Import;

/// <summary>Counts what an import comes upon, and says so.</summary>
internal sealed class ImportTally(IProgress<StageProgress>? progress)
{
    private readonly Dictionary<string, long> _left = [];
    private readonly List<Refusal> _refused = [];
    private readonly Dictionary<long, DamageSign> _doubts = [];
    private readonly SortedDictionary<string, long> _others = [];
    private long _seen;
    private long _used;
    private long _unchanged;
    private long _newPictures;
    private long _expected;
    private long _replaced;

    /// <summary>So many more files are to come; archive members come on top.</summary>
    public void Expect(long files) => _expected += files;

    /// <summary>Nothing new to count, but something is being done, such as unpacking a large archive.</summary>
    public void Do(string what) => Report(what);

    /// <summary>A file that holds a usable picture.</summary>
    public void Use(bool unchanged)
    {
        _newPictures += unchanged ? 0 : 1;
        Count(unchanged, used: true);
    }

    /// <summary>A new picture that is perhaps damaged.</summary>
    public void Doubt(long picture, DamageSign sign) => _doubts[picture] = sign;

    /// <summary>Those, by picture.</summary>
    public IReadOnlyDictionary<long, DamageSign> Doubts => _doubts;

    /// <summary>A picture in whose place there is something else now.</summary>
    public void Replace() => _replaced++;

    /// <summary>How many of those there are.</summary>
    public long Replaced => _replaced;

    /// <summary>An archive, which is neither.</summary>
    public void Opened() => _expected--;

    /// <summary>A file that can't be used.</summary>
    public void Refuse(string path, Reason refusal, bool unchanged)
    {
        var kind = RefusalWords.Count(refusal);
        _left[kind] = _left.GetValueOrDefault(kind) + 1;
        if (OtherFiles.KindOf(path, refusal) is { } other)
        {
            _others[other] = _others.GetValueOrDefault(other) + 1;
        }
        else
        {
            var reason = RefusalWords.Of(refusal);
            _refused.Add(new Refusal(path, reason));
            progress?.Report(new StageWarned(ImportStage.Name, path, reason));
        }

        Count(unchanged, used: false);
    }

    /// <summary>The sums.</summary>
    public ImportResult Result()
    {
        if (_others.Count > 0)
            progress?.Report(new StageSaid(ImportStage.Name, OtherFiles.Sentence(_others)));
        return new(new StageCounts(_seen, _used, _left, "files"), _seen - _unchanged, _unchanged, _refused)
        {
            NewPictures = _newPictures,
            OtherFiles = _others,
        };
    }

    private void Count(bool unchanged, bool used)
    {
        _seen++;
        _used += used ? 1 : 0;
        _unchanged += unchanged ? 1 : 0;
        Report(null);
    }

    private void Report(string? detail) =>
        progress?.Report(new StageAdvanced(ImportStage.Name, _seen, Math.Max(_seen, _expected), "files", detail));
}
