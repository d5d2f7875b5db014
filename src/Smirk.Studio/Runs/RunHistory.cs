using System.Globalization;
using Smirk.Gan.Log;
using Smirk.Gan.Report;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Runs;

/// <summary>What a run's log tells, kept in memory and brought up to date by reading only what was added.</summary>
/// <param name="run">The run.</param>
internal sealed class RunHistory(RunFolder run)
{
    // Twice as many points as a wide screen's plot has pixels wouldn't be seen.
    private const int MostPoints = 1200;

    private const int SpeedOver = 5;

    private static readonly (string Name, Func<LogLine, double?> Value)[] Columns =
    [
        ("lossD", l => l.LossD), ("lossG", l => l.LossG), ("dReal", l => l.DReal), ("dFake", l => l.DFake), ("diversity", l => l.Diversity),
        ("augmented", l => l.AugmentShare), ("speed", l => l.ImgPerSecond), ("learningRate", l => l.LearningRate),
        ("threads", l => l.Threads),
    ];

    private static readonly int Speed = Array.FindIndex(Columns, column => column.Name == "speed");

    // One for all runs of this process, so that a run that was deleted and made again isn't taken for the same.
    private static int _generations;

    private readonly Lock _gate = new();
    private readonly LogTail _tail = new(run.LogPath);
    private readonly List<double> _kimg = [];
    private readonly List<float>[] _columns = [.. Columns.Select(_ => new List<float>())];
    private readonly List<MeasuredMessage> _measured = [];
    private readonly List<RemarkMessage> _remarks = [];
    private int _generation = Interlocked.Increment(ref _generations);
    private double _seconds, _lastKimg;

    /// <summary>Reads what was added.</summary>
    public void Refresh()
    {
        lock (_gate)
            _tail.Read(Clear, Take);
    }

    /// <summary>How far the run is, and its speed of late.</summary>
    public (double Kimg, double Seconds, double? Speed) Now
    {
        get
        {
            lock (_gate)
            {
                var speeds = _columns[Speed].TakeLast(SpeedOver).Where(float.IsFinite).ToList();
                return (_lastKimg, _seconds, speeds.Count > 0 ? speeds.Average() : null);
            }
        }
    }

    /// <summary>The measurement of the snapshot at <paramref name="kimg"/>, or else the last; null where there is none.</summary>
    public MeasuredMessage? MeasuredAt(double? kimg)
    {
        lock (_gate)
            return _measured.FindLast(m => kimg is { } at && Math.Abs(m.Kimg - at) < 0.0006) ?? _measured.LastOrDefault();
    }

    /// <summary>Everything, curves thinned.</summary>
    public RunMessage Whole(RunRow row, IReadOnlyList<GridMessage> grids, IReadOnlyList<SettingMessage> settings)
    {
        lock (_gate)
            return new RunMessage(row, CursorNow(), CurvesFrom(0), [.. _measured], [.. _remarks], grids, settings);
    }

    /// <summary>What came after <paramref name="cursor"/>; null where nothing did. One that this history never was at is answered by an
    /// update from elsewhere, after which the page asks for the whole run.</summary>
    /// <param name="cursor">Where the page stands.</param>
    /// <param name="grids">All grids; null where they are as before.</param>
    public RunUpdate? Since(string cursor, IReadOnlyList<GridMessage>? grids)
    {
        lock (_gate)
        {
            var now = CursorNow();
            if (now == cursor && grids is null)
                return null;
            if (!TryRead(cursor, out var ticks, out var measured, out var remarks))
                return new RunUpdate(run.Number, "", now, new Dictionary<string, CurveMessage>(), [], [], grids);
            return new RunUpdate(
                run.Number, cursor, now, CurvesFrom(ticks), _measured[measured..], _remarks[remarks..], grids);
        }
    }

    private string CursorNow() => FormattableString.Invariant($"{_generation}.{_kimg.Count}.{_measured.Count}.{_remarks.Count}");

    private bool TryRead(string cursor, out int ticks, out int measured, out int remarks)
    {
        (ticks, measured, remarks) = (0, 0, 0);
        return cursor.Split('.') is [var generation, var a, var b, var c]
            && generation == _generation.ToString(CultureInfo.InvariantCulture)
            && IsIndex(a, _kimg.Count, out ticks) && IsIndex(b, _measured.Count, out measured) && IsIndex(c, _remarks.Count, out remarks);

        static bool IsIndex(string text, int most, out int index) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index <= most;
    }

    private Dictionary<string, CurveMessage> CurvesFrom(int tick)
    {
        var curves = new Dictionary<string, CurveMessage>();
        foreach (var (i, column) in Columns.Index())
        {
            var curve = CurveThinning.Of(_kimg, _columns[i], tick, MostPoints);
            if (curve.X.Count > 0)
                curves[column.Name] = curve;
        }

        return curves;
    }

    private void Clear()
    {
        _generation = Interlocked.Increment(ref _generations);
        (_seconds, _lastKimg) = (0, 0);
        _kimg.Clear();
        _measured.Clear();
        _remarks.Clear();
        foreach (var column in _columns)
            column.Clear();
    }

    // A damaged line is left out: the rest of the log is still true.
    private void Take(ReadOnlySpan<byte> json)
    {
        if (LogLine.TryRead(json) is not { } line)
            return;
        (_seconds, _lastKimg) = (Math.Max(_seconds, line.Seconds), Math.Max(_lastKimg, line.Kimg));
        if (line.Metrics is { } metrics)
            _measured.Add(new MeasuredMessage(line.Kimg, metrics, InWords(metrics)));
        if (line.Remark is { } remark)
            _remarks.Add(new RemarkMessage(line.Kimg, remark));
        foreach (var change in line.Changes ?? [])
            _remarks.Add(new RemarkMessage(line.Kimg,
                $"resumed with {change.Name} {change.To}{(change.From is null ? "" : $" instead of {change.From}")}"));
        if (line.LossD is null && line.LossG is null)
            return;
        _kimg.Add(line.Kimg);
        foreach (var (i, column) in Columns.Index())
            _columns[i].Add((float)(column.Value(line) ?? double.NaN));
    }

    private static IReadOnlyList<WordsMessage> InWords(IReadOnlyDictionary<string, double> metrics)
    {
        try
        {
            return [.. MetricsInWords.Of(metrics).Select(finding => new WordsMessage(finding.Text, finding.Details))];
        }
        catch (KeyNotFoundException)
        {
            // Of another version, which measured other things: the numbers are shown.
            return [];
        }
    }
}
