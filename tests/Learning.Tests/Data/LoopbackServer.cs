using System.Net;

namespace AdvFit.Learning.Tests.Data;

/// <summary>A file server on this machine, whose misbehaviour can be chosen.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    /// <param name="contents">The one file that it serves, at any path.</param>
    /// <param name="honoursRange">Whether it sends from where it is asked to, or always the whole file.</param>
    /// <param name="cutAfter">Each response is cut after so many bytes; null sends it whole.</param>
    public LoopbackServer(byte[] contents, bool honoursRange = true, int? cutAfter = null)
    {
        (_listener, Address) = Listen();
        _serving = Task.Run(() => Serve(contents, honoursRange, cutAfter));
    }

    /// <summary>Address of the folder, ending in a slash.</summary>
    public string Address { get; }

    /// <summary>The first byte that each request asked for.</summary>
    public List<long> Requests { get; } = [];

    public void Dispose()
    {
        _listener.Abort();
        _serving.GetAwaiter().GetResult();
    }

    /// <summary>Ports are tried until one is free, for HttpListener cannot ask the system for any.</summary>
    private static (HttpListener Listener, string Address) Listen()
    {
        for (var port = 49152; ; port++)
        {
            var listener = new HttpListener();
            var address = $"http://127.0.0.1:{port}/";
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (port < 65535)
            {
                listener.Close();
            }
        }
    }

    private async Task Serve(byte[] contents, bool honoursRange, int? cutAfter)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var asked = context.Request.Headers["Range"] is { } range ? long.Parse(range["bytes=".Length..^1]) : 0;
            Requests.Add(asked);
            var start = honoursRange ? (int)asked : 0;
            if (start > 0)
            {
                context.Response.StatusCode = (int)HttpStatusCode.PartialContent;
                context.Response.AddHeader("Content-Range", $"bytes {start}-{contents.Length - 1}/{contents.Length}");
            }

            context.Response.ContentLength64 = contents.Length - start;
            var sent = Math.Min(cutAfter ?? int.MaxValue, contents.Length - start);
            await context.Response.OutputStream.WriteAsync(contents.AsMemory(start, sent));
            await context.Response.OutputStream.FlushAsync();
            if (start + sent < contents.Length)
            {
                context.Response.Abort();
            }
            else
            {
                context.Response.Close();
            }
        }
    }
}
