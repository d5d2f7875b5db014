using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Smirk.Collect.Tests.Played;

/// <summary>Repositories over HTTP: through git's own server program, or as plain files.</summary>
internal static class PlayedGit
{
    /// <summary>Answers with "git http-backend", as web servers run it.</summary>
    public static async Task AnswerAsync(HttpContext context, string prefix, string root)
    {
        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        };
        var request = context.Request;
        foreach (var (name, value) in new (string, string)[]
        {
            ("GIT_PROJECT_ROOT", root), ("GIT_HTTP_EXPORT_ALL", "1"), ("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "safe.directory"),
                ("GIT_CONFIG_VALUE_0", "*"),
            ("PATH_INFO", "/" + request.Path.Value![prefix.Length..]), ("QUERY_STRING", request.QueryString.Value!.TrimStart('?')),
                ("REQUEST_METHOD", request.Method),
            ("CONTENT_TYPE", request.ContentType ?? ""), ("HTTP_CONTENT_ENCODING", request.Headers.ContentEncoding.ToString()),
                ("GIT_PROTOCOL", request.Headers["Git-Protocol"].ToString()),
        })
        {
            start.Environment[name] = value;
        }

        using var git = Process.Start(start)!;
        await request.Body.CopyToAsync(git.StandardInput.BaseStream);
        git.StandardInput.Close();
        using var answer = new MemoryStream();
        await git.StandardOutput.BaseStream.CopyToAsync(answer);
        var bytes = answer.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n"))
        {
            var colon = line.IndexOf(':');
            if (line[..colon] == "Status")
                context.Response.StatusCode = int.Parse(line[(colon + 2)..(colon + 5)], CultureInfo.InvariantCulture);
            else
                context.Response.Headers[line[..colon]] = line[(colon + 2)..];
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(end + 4));
    }

    /// <summary>Answers with the file of that name.</summary>
    public static async Task FileAsync(HttpContext context, string prefix, string root)
    {
        var path = Path.Combine(root, context.Request.Path.Value![prefix.Length..]);
        if (File.Exists(path))
            await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(path));
        else
            context.Response.StatusCode = 404;
    }
}
