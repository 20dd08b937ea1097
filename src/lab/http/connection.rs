//! Connections that can be reset in the middle: how a reply gets lost.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A handler's hold on the connection that its request came by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Arc<AtomicBool>);

impl Line {
    /// Resets the connection instead of the reply: the client sees a transport error, not a word of HTTP.
    pub(crate) fn cut(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A socket that fails at the next write once its line is cut.
pub(crate) struct CuttableStream {
    stream: TcpStream,
    line: Line,
}

impl CuttableStream {
    fn still_there(&self) -> io::Result<()> {
        if !self.line.is_cut() {
            return Ok(());
        }
        // With no linger, closing sends RST. If that fails the client sees an early end: as good.
        self.stream.set_zero_linger().ok();
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.still_there()?;
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.still_there()?;
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.still_there()?;
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.still_there()?;
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

/// A listener on loopback whose connections can be cut.
pub(crate) struct LoopbackListener(pub(crate) TcpListener);

impl Listener for LoopbackListener {
    type Io = CuttableStream;
    type Addr = (SocketAddr, Line);

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Replies are small and come one at a time.
        stream.set_nodelay(true).ok();
        let line = Line::default();
        (
            CuttableStream {
                stream,
                line: line.clone(),
            },
            (address, line),
        )
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok((TcpListener::local_addr(&self.0)?, Line::default()))
    }
}

impl Connected<IncomingStream<'_, LoopbackListener>> for Line {
    fn connect_info(stream: IncomingStream<'_, LoopbackListener>) -> Self {
        stream.remote_addr().1.clone()
    }
}
