using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Smirk.Gan.Data;
using Smirk.Gan.Explore;
using Smirk.Gan.Project;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;

namespace Smirk.Bench;

/// <summary>Projects held-out pictures of a run one by one: how long each takes, and how much nearer it comes than the nearest of 1,000
/// samples.</summary>
internal static class Project
{
    public static int Run(string[] args)
    {
        var (snapshot, count) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
        var options = new ProjectOptions { Compare = false };
        if (args.Length > 2)
            options = options with { Steps = int.Parse(args[2], CultureInfo.InvariantCulture) };
        var rows = HeldOut(snapshot, count);
        var watch = Stopwatch.StartNew();
        using var session = GeneratorSession.Open(snapshot, device: "cpu");
        using var pictures = RunPictures.Open(session);
        using var projector = new Projector(session, pictures);
        var ready = watch.Elapsed.TotalSeconds;
        var (ours, peer, seconds) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var row in rows)
        {
            watch.Restart();
            var projection = projector.Run(row, options);
            seconds.Add(watch.Elapsed.TotalSeconds);
            ours.Add(projection.Distance);
            peer.Add(projection.NearestSample);
            Console.Error.WriteLine($"{projection.NearestSample:0.000} → {projection.Distance:0.000} in {seconds[^1]:0.0} s");
        }

        var share = ours.Zip(peer).Count(pair => pair.First < pair.Second) / (double)ours.Count;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name = "project",
            pictures = ours.Count,
            steps = options.Steps,
            threads = TorchRuntime.Threads,
            ours = Median(ours),
            peer = Median(peer),
            ratio = Math.Round(Median(ours) / Median(peer), 3),
            nearer_share = Math.Round(share, 3),
            seconds = Median(seconds),
            seconds_before = Math.Round(ready, 2),
        }));
        return 0;
    }

    private static List<byte[]> HeldOut(string snapshot, int count)
    {
        var plan = Snapshot.ReadPlan(snapshot);
        using var scope = TensorScope.Open();
        using var pack = plan.OpenPack(PackPlace.Find(plan.Pack, Snapshot.RunOf(snapshot)));
        var some = pack.Of(HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed).HeldOut).Sample(count, seed: 1);
        return [.. Enumerable.Range(0, some.Count).Select(i => Grid.Of(some.Take(i, 1), 1).Rgb)];
    }

    private static double Median(List<double> values) => Math.Round(values.Order().ElementAt(values.Count / 2), 3);
}
