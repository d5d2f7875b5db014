using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Smirk.Torch.Distributed;
using Smirk.Torch.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Train.Ranks;

/// <summary>How processes find each other: connections to the store, each other's names, and the group.</summary>
/// <param name="place">Where this process stands.</param>
/// <param name="patience">How long all have to come.</param>
/// <param name="cancel">Gives up waiting.</param>
internal sealed class Meeting(LaunchPlace place, TimeSpan patience, CancellationToken cancel)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private const int OneTry = 2000; // milliseconds
    private static readonly TimeSpan SayAfter = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private TimeSpan Left => patience - _clock.Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);

    /// <summary>Opens the store: serves it where that is this process's task, else connects.</summary>
    /// <exception cref="TeamException">The port is taken, or nobody answered.</exception>
    public ProcessStore OpenStore()
    {
        if (place.Rank > 0 || place.LauncherServes)
            return Connect("");
        try
        {
            return ProcessStore.Serve(place.Port, place.Prefix, patience);
        }
        catch (TorchException error) when (error is TorchFailureException or TorchArgumentException)
        {
            throw new TeamException(error.Message.Contains("in use", StringComparison.OrdinalIgnoreCase)
                ? $"Port {place.Port} of this machine is in use by another program, and rank 0 was to serve the store there. Set "
                    + "MASTER_PORT to a free one, the same for all processes."
                : $"Rank 0 can't serve the store on port {place.Port}: {error.Message}", error);
        }
    }

    /// <summary>Another connection to the store.</summary>
    /// <param name="below">Added to the prefix of all keys.</param>
    /// <exception cref="TeamException">Nobody answered.</exception>
    public ProcessStore Connect(string below)
    {
        var server = place.LauncherServes ? "the launcher" : "rank 0";
        var address = $"{place.Host}:{place.Port}";
        CheckHost(server);
        WaitForServer(server, address);
        var left = Left;
        try
        {
            return Guarded(() => ProcessStore.Connect(place.Host, place.Port, place.Prefix + below, left),
                $"{address} answers, but not as {server}'s store does. Is MASTER_PORT that of another program?");
        }
        catch (TorchException error) when (error is TorchFailureException or TorchArgumentException)
        {
            throw new TeamException($"Rank {place.Rank} couldn't connect to {server}'s store at {address}: {error.Message}", error);
        }
    }

    /// <summary>Tells the others of this process, and waits until all have come.</summary>
    /// <exception cref="TeamException">Some didn't come in time, or are of another version.</exception>
    public IReadOnlyList<Member> Gather(ProcessStore store, IProgress<StageProgress> progress)
    {
        var here = Member.Here(place.Rank);
        if (Member.Find(store, place.Rank) is { } other)
            throw new TeamException(
                $"Two processes say that they are rank {place.Rank}: {other.Name} came before process {here.Process} on {here.Host}. Each "
                    + "needs a rank of its own (RANK, SLURM_PROCID).");
        here.Announce(store);
        var members = new Member?[place.Size];
        var said = false;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            for (var rank = 0; rank < members.Length; rank++)
            {
                members[rank] ??= Member.Find(store, rank);
                if (members[rank] is { } member && member.Version != here.Version)
                    throw new TeamException(
                        $"{Capital(member.Name)} is {member.Version}; {here.Name} is {here.Version}. All processes of a training need the "
                            + "same versions.");
            }

            if (Array.TrueForAll(members, member => member is not null))
                return members!;
            int[] missing = [.. Enumerable.Range(0, members.Length).Where(rank => members[rank] is null)];
            var those =
                $"{(missing.Length == 1 ? "rank" : "ranks")} {string.Join(", ", missing.Take(8))}{(missing.Length > 8 ? " …" : "")}";
            if (_clock.Elapsed > patience)
                throw new TeamException(
                    $"{members.Length - missing.Length} of {members.Length} processes came in {patience.TotalSeconds:0} s; {those} didn't. "
                        + "Look for what they printed, or give them longer with --join-timeout.");
            if (!said && place.Rank == 0 && _clock.Elapsed > SayAfter)
                progress.Report(new StageSaid(TrainStage.Name, $"waiting for {those}"));
            said |= _clock.Elapsed > SayAfter;
            cancel.WaitHandle.WaitOne(Look);
        }
    }

    /// <summary>Connects this process with all others.</summary>
    /// <exception cref="TeamException">That failed, or took too long.</exception>
    public ProcessGroup OpenGroup()
    {
        var store = Connect("gloo/");
        var address = OwnAddress();
        try
        {
            var group = Guarded(
                () => new ProcessGroup(store, place.Rank, place.Size, address),
                $"Rank {place.Rank}, which listens at {address}, couldn't be connected with all others. Is a firewall between? "
                    + "GLOO_SOCKET_IFNAME names the network interface to use.");
            store.Dispose();
            return group;
        }
        catch (TorchFailureException error)
        {
            throw new TeamException(
                $"Rank {place.Rank}, which listens at {address}, couldn't be connected with the others: {error.Message} GLOO_SOCKET_IFNAME "
                    + "names the network interface to use.", error);
        }
    }

    // A call that may never return: libtorch's own timeouts don't cover all. Its thread is left behind then; the program ends.
    private T Guarded<T>(Func<T> call, string otherwise)
    {
        var task = Task.Run(call);
        var least = Left + TimeSpan.FromSeconds(5);
        try
        {
            return task.Wait((int)least.TotalMilliseconds, cancel) ? task.GetAwaiter().GetResult() : throw new TeamException(otherwise);
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerException!);
            throw;
        }
    }

    // libtorch would try as long, and fill the screen with warnings meanwhile.
    private void WaitForServer(string server, string address)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                using var probe = new TcpClient();
                if (probe.ConnectAsync(place.Host, place.Port).Wait(OneTry, cancel))
                    return;
            }
            catch (AggregateException)
            {
                // Refused, or unreachable: it may not have started yet.
            }

            if (_clock.Elapsed > patience)
                throw new TeamException(
                    $"Rank {place.Rank} reached nobody at {address}, where {server} was to serve the store, in "
                        + $"{patience.TotalSeconds:0} s. Check that MASTER_ADDR and MASTER_PORT are the same for all processes, that rank "
                        + "0 runs, and that no firewall is between.");
            cancel.WaitHandle.WaitOne(Look);
        }
    }

    // A name that can't be looked up is worth words of its own. Names of services appear late in a cluster.
    private void CheckHost(string server)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                if (Dns.GetHostAddresses(place.Host).Length > 0)
                    return;
            }
            catch (SocketException error) when (_clock.Elapsed > patience)
            {
                throw new TeamException(
                    $"MASTER_ADDR is '{place.Host}', where {server} was to serve the store, and this machine knows no such host: "
                        + $"{error.Message}.", error);
            }
            catch (SocketException)
            {
                cancel.WaitHandle.WaitOne(Look * 5);
            }
        }
    }

    // The address of the interface that leads to the meeting place, or to others where that is this machine.
    private string OwnAddress()
    {
        var named = Environment.GetEnvironmentVariable("GLOO_SOCKET_IFNAME");
        if (!string.IsNullOrEmpty(named))
            return AddressOf(named);
        var host = Dns.GetHostAddresses(place.Host).OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork).First();
        using var probe = new Socket(host.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(host, place.Port); // sends nothing; chooses a route
        var own = ((IPEndPoint)probe.LocalEndPoint!).Address;
        var meant = place.LocalSize == place.Size || place.Host is "localhost" || IPAddress.TryParse(place.Host, out _);
        if (!IPAddress.IsLoopback(own) || meant)
            return own.ToString();

        // Debian calls a machine by its own name 127.0.1.1; others can't reach it there.
        return UpInterfaces().SelectMany(Addresses).FirstOrDefault(address => !IPAddress.IsLoopback(address))?.ToString() ?? own.ToString();
    }

    private static string AddressOf(string name) =>
        UpInterfaces().Where(at => at.Name == name).SelectMany(Addresses).FirstOrDefault()?.ToString()
            ?? throw new TeamException(
                $"GLOO_SOCKET_IFNAME is '{name}', and no such network interface has an address here; there are "
                    + $"{string.Join(", ", UpInterfaces().Where(at => Addresses(at).Any()).Select(at => at.Name))}.");

    private static IEnumerable<NetworkInterface> UpInterfaces() =>
        NetworkInterface.GetAllNetworkInterfaces().Where(at => at.OperationalStatus != OperationalStatus.Down);

    private static IEnumerable<IPAddress> Addresses(NetworkInterface at) =>
        at.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address).Where(a => a.AddressFamily == AddressFamily.InterNetwork);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
