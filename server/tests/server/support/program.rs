//! The real program in a process of its own, to be killed.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use super::{Folder, PASSWORD, User, client, cookie_of, until};

/// The program, with demo accounts.
pub struct Program {
    child: Child,
    pub base: String,
}

impl Program {
    pub async fn start(folder: &Folder, port: u16) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_samplan")), folder, port).await
    }

    /// Starts it with further settings in its environment.
    pub async fn start_with(folder: &Folder, port: u16, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samplan"));
        command.envs(settings.iter().copied());
        Self::run(command, folder, port).await
    }

    /// Starts it where no file may grow beyond so many bytes: as on a full disk, the system refuses to write.
    pub async fn start_on_small_disk(folder: &Folder, port: u16, file_bytes: u64) -> Self {
        let mut shell = Command::new("bash");
        // Blocks of 1,024 bytes. The signal that would end the program is ignored, so that the write fails instead.
        let script = r#"trap "" XFSZ; ulimit -f "$0"; exec "$@""#;
        shell.args(["-c", script, &(file_bytes / 1024).to_string(), env!("CARGO_BIN_EXE_samplan")]);
        Self::run(shell, folder, port).await
    }

    async fn run(mut command: Command, folder: &Folder, port: u16) -> Self {
        let child = command
            .args(["--demo", "--addr", &format!("127.0.0.1:{port}")])
            .args(["--data".as_ref(), folder.0.join("data").as_os_str()])
            .env("SAMPLAN_DEMO_PASSWORD", PASSWORD)
            .env("SAMPLAN_LIMIT_LOGINS", "1000")
            .env("SAMPLAN_LIMIT_SIGNUPS_PER_ADDRESS", "100000")
            .env("SAMPLAN_LIMIT_SIGNUPS_PER_OCCASION", "100000")
            .env("SAMPLAN_LIMIT_SYNC_MESSAGES_PER_SECOND", "100000")
            .env("SAMPLAN_LIMIT_SYNC_MESSAGE_BURST", "100000")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let base = format!("http://127.0.0.1:{port}");
        until("the program answers", async || client().get(format!("{base}/halsa")).send().await.is_ok()).await;
        Self { child, base }
    }

    pub fn kill(mut self) {
        // SIGKILL on Unix.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub async fn sign_in(&self, email: &str) -> User {
        let form = serde_urlencoded::to_string([("email", email), ("password", PASSWORD)]).unwrap();
        let answer = client()
            .post(format!("{}/logga-in", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            .unwrap();
        User::new(self.base.clone(), cookie_of(&answer)).await
    }
}

/// A port that nobody has, to be taken by a program that is started again and again.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
