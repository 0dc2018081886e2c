using System.Text;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>Answers the requests that change sweeps.</summary>
internal sealed class SweepCommandHandler(ISweepService service)
{
    /// <summary>Begins, continues or extends the sweep of the spec in the body.</summary>
    public async Task SubmitAsync(HttpContext context)
    {
        var query = context.Request.Query;
        query.Allow("shuffles", "fail_fast");
        var (shuffles, failFast) = (query.Number("shuffles", 1, SweepSpec.MaximumShuffles), query.Flag("fail_fast"));
        var spec = new SpecReader(SpecVocabulary.Engine).Parse(Encoding.UTF8.GetString(await context.BodyAsync()), "the spec");
        var accepted = await service.Submit(
            spec with { Shuffles = (int?)shuffles ?? spec.Shuffles }, failFast, context.RequestAborted);
        context.Response.Headers.Location = $"{SweepEndpoints.Prefix}/sweeps/{accepted.Sweep}";
        await context.AnswerAsync(
            JsonSerializer.SerializeToUtf8Bytes(new AcceptedDocument(accepted.Sweep), ApiJsonContext.Default.AcceptedDocument),
            accepted.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>Reruns a part of a sweep.</summary>
    public async Task RerunAsync(HttpContext context)
    {
        var body = Encoding.UTF8.GetString(await context.BodyAsync());
        RerunShuffles rerun;
        try
        {
            rerun = RequestFormat.Read(RequestFormat.Rerun, body) as RerunShuffles ?? throw new FormatException("it is null");
        }
        catch (FormatException error)
        {
            throw Requests.Bad(
                $"The body must be {{\"shuffles\": [1, 2] or null, \"only_failed\": false, \"stage\": \"attack\" or null}}: {error.Message}.");
        }

        await PerformAsync(context, rerun);
    }

    /// <summary>Removes a sweep.</summary>
    public async Task ForgetAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        if (!(await service.Sweeps(context.RequestAborted)).Contains(context.Sweep()))
        {
            throw Requests.NoSuchSweep(context);
        }

        await service.Forget(context.Sweep(), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Applies a command to a sweep.</summary>
    public async Task PerformAsync(HttpContext context, SweepCommand command)
    {
        context.Request.Query.Allow();
        await service.FindAsync(context);
        await service.Perform(context.Sweep(), command, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
