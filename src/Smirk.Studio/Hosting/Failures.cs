using Microsoft.AspNetCore.Http;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Hosting;

/// <summary>What went wrong, told to the page as a sentence.</summary>
internal static class Failures
{
    /// <summary>A middleware: sentences for a person come through, faults of ours are named as such.</summary>
    public static async Task Tell(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            var (status, sentence) = error switch
            {
                BadHttpRequestException bad => (bad.StatusCode, "The request can't be read: it is too large, or isn't what is expected."),
                UsageException or UnusablePictureException => (StatusCodes.Status400BadRequest, error.Message),
                SmirkException => (StatusCodes.Status409Conflict, error.Message),
                _ => (StatusCodes.Status500InternalServerError, $"A fault of Smirk's: {error.Message}"),
            };
            if (status == StatusCodes.Status500InternalServerError)
                await Console.Error.WriteLineAsync($"smirk: {error}");
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(sentence, context.RequestAborted);
        }
    }
}
