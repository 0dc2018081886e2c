using System.Text.Json;
using AdvFit.Api.Formats;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>The health checks, open to everybody.</summary>
internal static class HealthChecks
{
    /// <summary>Answers that the process is live.</summary>
    public static Task LiveAsync(HttpContext context) => AnswerAsync(context, "live");

    /// <summary>Answers whether the process is ready to answer requests (503 where it is not).</summary>
    public static async Task ReadyAsync(HttpContext context, ISweepService service)
    {
        var readiness = await service.Readiness(context.RequestAborted);
        if (readiness.IsReady)
        {
            await AnswerAsync(context, "ready");
        }
        else
        {
            await ErrorResponses.WriteAsync(
                context.Response, StatusCodes.Status503ServiceUnavailable, readiness.Reason ?? "The server is not ready.");
        }
    }

    private static Task AnswerAsync(HttpContext context, string status)
    {
        SecurityHeaders.AddTo(context.Response);
        return context.AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(new HealthDocument(status), ApiJsonContext.Default.HealthDocument));
    }
}
