using System.Net;
using System.Net.Http.Headers;

namespace AdvFit.Sweeps.Notifications;

/// <summary>An address that takes the summary as the body of a POST.</summary>
/// <param name="address">The address, of HTTP or HTTPS.</param>
public sealed class Webhook(Uri address) : INotificationTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Only the host: addresses of webhooks are secrets.</summary>
    public string Name => $"the webhook at {address.Authority}";

    /// <inheritdoc/>
    public async Task Send(byte[] summary)
    {
        using var client = new HttpClient { Timeout = Patience };
        using var content = new ByteArrayContent(summary);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await client.PostAsync(address, content).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new NotificationException($"it answered {(int)response.StatusCode}", MayPass(response.StatusCode));
            }
        }
        catch (HttpRequestException error)
        {
            throw new NotificationException(error.Message.TrimEnd('.'), mayPass: true, error);
        }
        catch (TaskCanceledException error)
        {
            throw new NotificationException($"it did not answer within {Patience.TotalSeconds} s", mayPass: true, error);
        }
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
