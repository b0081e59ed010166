//! One client: a websocket, the protocol's handshake, and its messages.

use app::sync::wire::{self, Message, Parcel, PeerMetadata};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{self, client::IntoClientRequest, http::HeaderValue, protocol::WebSocketConfig},
};

use crate::options::Options;

/// Anything that may go wrong; the generator ends with it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A connection that has been let in.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// What it calls itself.
    pub name: String,
    /// What the relay calls itself.
    pub relay: String,
}

impl Client {
    /// Connects and waits for the relay's `peer`.
    pub async fn connect(options: &Options, name: String) -> Result<Self, Failure> {
        let mut request = options.url.as_str().into_client_request()?;
        for (header, value) in [("cookie", options.text("cookie")), ("origin", options.text("origin"))] {
            if let Some(value) = value {
                request.headers_mut().insert(header, HeaderValue::from_str(value)?);
            }
        }
        // Small buffers, or two thousand idle ones would be a quarter of a gigabyte here.
        let config = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
        let (socket, _) = connect_async_with_config(request, Some(config), true).await?;
        let mut client = Self { socket, name: name.clone(), relay: String::new() };
        let metadata = PeerMetadata { is_ephemeral: true, ..PeerMetadata::default() };
        client.send(&Message::Join { sender: name, versions: vec!["1".into()], metadata }).await?;
        while client.relay.is_empty() {
            match client.next().await? {
                Message::Peer { sender, .. } => client.relay = sender,
                Message::Error { message } => return Err(message.into()),
                _ => {}
            }
        }
        Ok(client)
    }

    /// Sends one message.
    pub async fn send(&mut self, message: &Message) -> Result<(), Failure> {
        Ok(self.socket.send(tungstenite::Message::Binary(wire::encode(message).into())).await?)
    }

    /// Sends a sync message for a document.
    pub async fn send_sync(&mut self, document: app::domain::ids::DocumentId, data: Vec<u8>) -> Result<(), Failure> {
        let parcel = Parcel { document, sender: self.name.clone(), target: self.relay.clone(), data };
        self.send(&Message::Sync(parcel)).await
    }

    /// The next message of the protocol. Pings of the websocket are answered on the way.
    pub async fn next(&mut self) -> Result<Message, Failure> {
        loop {
            match self.socket.next().await.ok_or("the relay closed the connection")?? {
                tungstenite::Message::Binary(bytes) => return Ok(wire::decode(&bytes)?),
                tungstenite::Message::Close(reason) => return Err(format!("closed by the relay: {reason:?}").into()),
                _ => self.socket.flush().await?,
            }
        }
    }
}
