using System.Security.Cryptography;
using System.Text;
using Smirk.Collect.Download;
using Smirk.Collect.History;
using Smirk.Collect.Sources;
using Smirk.Collect.Web;
using Smirk.Imaging.Formats;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Collect.Git;

/// <summary>Takes the pictures of git repositories into the workspace. Each content has an address of its own, ADDRESS#OBJECT, so that the
/// history knows it.</summary>
internal sealed class GitIntake(
    SmirkWorkspace workspace, PictureIntake intake, CollectHistory history, CollectOptions options, CollectTally tally,
    ConnectionGuard? guard)
{
    private static ReadOnlySpan<byte> LfsPointer => "version https://git-lfs.github.com/"u8;

    /// <summary>Refuses what can't work, before any work is done.</summary>
    /// <exception cref="UsageException">--rev is no revision, or the repository would come unprotected.</exception>
    public static void Check(GitAddress address, CollectOptions options)
    {
        if (options.Rev is { Length: 0 } or ['-', ..])
            throw new UsageException($"--rev '{options.Rev}' is no branch, tag or commit.");
        if (address.Protocol == "http" && !options.Web.AllowPrivate && !IsMapped(address, options, out _))
            throw new UsageException($"{address.Text} would come unprotected over http; give its https address.");
    }

    /// <summary>Fetches a repository and takes in what is new.</summary>
    public async Task RunAsync(GitSource source, CancellationToken cancel)
    {
        var address = source.Address;
        var remote = await RemoteAsync(address, cancel);
        var store = Path.Combine(workspace.Folder, "collect", "git",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Text)))[..32]);
        var git = new GitPictures(address, remote, store);
        tally.Say($"fetching {address.Text}");
        tally.Do($"fetching {address.Text}");
        var commit = git.Fetch(options.Rev, options.History, cancel);

        var row = workspace.Catalog.Sources.GetOrAdd(source.Kind, source.Name);
        var origin = new CollectedPost(0, "git", $"{address.Text}@{commit}", "", "",
            Path.GetFileNameWithoutExtension(address.Text.TrimEnd('/')), address.Text, 0, 0);
        using var objects = git.OpenObjects();
        var position = 0;
        foreach (var file in options.History ? git.FilesEver(cancel) : git.FilesAt(commit, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            await TakeFileAsync(row, origin, position++, address, file, objects);
        }
    }

    private async Task TakeFileAsync(Source row, CollectedPost origin, int position, GitAddress address, GitFile file, GitObjects objects)
    {
        var name = $"{address.Text}#{file.Object}";
        if (workspace.Catalog.Media.Find(name) is { State: MediaState.Fetched })
        {
            tally.Already(fetched: true);
            return;
        }

        if (file.Size > options.Web.LargestPicture)
        {
            tally.Skip($"file over {options.Web.LargestPicture / 1_000_000} MB");
            return;
        }

        var bytes = objects.Read(file.Object) ?? [];
        if (bytes.AsSpan().StartsWith(LfsPointer))
            tally.Skip("kept in Git LFS, outside the repository");
        else if (FormatSniffer.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, FormatSniffer.HeadLength))) == PictureFormat.Unknown)
            tally.Skip("no picture");
        else
            await TakeAsync(row, origin, position, name, file.Path, bytes);
    }

    private Task TakeAsync(Source row, CollectedPost origin, int position, string name, string path, byte[] bytes)
    {
        workspace.Catalog.InTransaction(() => history.Name(row, origin, position, name));
        return intake.TakeAsync(workspace.Catalog.Media.Find(name)!, path, bytes);
    }

    private static bool IsMapped(GitAddress address, CollectOptions options, out string target)
    {
        target = "";
        if (!Uri.TryCreate(address.Text, UriKind.Absolute, out var uri) || options.Web.Map.Apply(uri) is not (var mapped, true))
            return false;
        target = mapped.AbsoluteUri;
        return true;
    }

    // git connects by itself; so the host is judged before, and a map rewrites the address.
    private async Task<string> RemoteAsync(GitAddress address, CancellationToken cancel)
    {
        if (address.Host is null)
            return address.Text;
        if (IsMapped(address, options, out var mapped))
            return mapped;
        try
        {
            await (guard ?? new ConnectionGuard(options.Web.AllowPrivate ? _ => null : AddressRules.WhyForbidden))
                .ResolveAsync(address.Host, cancel);
        }
        catch (AddressRefusedException error)
        {
            throw new UnusableInputException($"{error.Message}; --allow-private allows it.");
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw new UnusableInputException($"{address.Host} can't be found ({error.Message}).");
        }

        return address.Text;
    }
}
